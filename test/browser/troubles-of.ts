import type { Page } from 'playwright-core';

/** Notes what no page may bring about: errors in the console, what a policy blocks, requests to other hosts. */
export function troublesOf(page: Page, origin: string): string[] {
  const troubles: string[] = [];
  page.on('console', (message) => {
    // That a page itself is answered with 401 or 429 is no trouble.
    const isStatus = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !isStatus) troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('request', (request) => {
    const url = new URL(request.url());
    const isOwn = url.origin === origin || url.protocol === 'data:';
    if (!isOwn) troubles.push(`asked ${request.url()}`);
  });
  page.on('response', (response) => {
    const isPage = response.request().resourceType() === 'document';
    if (!isPage && response.status() >= 400) troubles.push(`no ${response.url()}`);
  });
  return troubles;
}
