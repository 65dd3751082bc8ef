export { createMfa } from './mfa.ts';
export type { Mfa, SignInResult } from './mfa.ts';
export type { LimitOptions } from './limit-options.ts';
export type { MfaOptions } from './mfa-options.ts';
export { MfaError } from './errors.ts';
export type { MfaErrorCode } from './errors.ts';
export { memoryStore } from './stores/memory.ts';
export { splitStore } from './stores/split.ts';
export { emptyEnrollment } from './core/enrollment.ts';
export type { ExportedAuthenticator, MfaExport } from './core/commands/export-user.ts';
export type { Checked } from './http/check.ts';
export type { Passed } from './core/commands/inspect.ts';
export type { MfaEvent, MfaEventType } from './core/events.ts';
export type { Destination, Notice, NoticeType } from './core/notice.ts';
export type { Requirement } from './core/policy.ts';
export type {
  Channel,
  EnrollmentStore,
  LockStep,
  Message,
  Sender,
  Store,
  VolatileStore,
} from './core/ports.ts';
export type { Texting, Users } from './core/users.ts';
export type { Authenticator, Enrollment, HostUser, User } from './core/vocabulary.ts';
export type { Key, KeyMaterial } from './crypto/read-key.ts';
export type { Notify } from './notices.ts';
export type { PagesOptions } from './pages/pages-options.ts';
export type { Countries } from './factors/phone-number.ts';
