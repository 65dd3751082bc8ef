/** The methods that a request for a guarded path may have. */
export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'];

/** A path as it is guarded. */
export const PATH = '/admin/report';

/** Ways to spell it that something on the way might take for it. */
export const SPELLINGS = [
  '/Admin/Report',
  '/ADMIN/REPORT',
  '/admin/report/',
  '//admin/report',
  '/admin//report',
  '/admin/report//',
  '/./admin/report',
  '/x/../admin/report',
  '/admin/./report',
  '/admin/x/../report',
  '/%61dmin/report',
  '/admin/%72eport',
  '/admin%2freport',
  '/admin%2Freport',
  '/%2fadmin/report',
  '/admin%5creport',
  '\\admin\\report',
  '/admin/report;x',
  '/admin;x/report',
  '/admin/report.json',
  '/admin/report%20',
  '/admin/report%00',
  '/admin%00/report',
  '/admin/report?x=/mfa',
  '/admin/report?x=/v1/account/mfa',
  '/admin/report?',
  '/admin/report#/mfa',
  '/admin/report/%',
  '/admin/report%c0%af',
  '/v1/../admin/report',
  '/v1/account/../../admin/report',
  '/v1//admin/report',
  'http://127.0.0.1/admin/report',
  'HTTP://other.example/admin/report',
  'https://127.0.0.1:443//admin/report',
  'http://127.0.0.1',
  'admin/report',
  '*',
];
