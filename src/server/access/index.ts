export { Auditor } from './auditor.ts';
export { auditTrail, type TrailQuery } from './audit-trail.ts';
export { createKey, readWish, revokeKey, type KeyWish } from './key-desk.ts';
export { verifyAudit } from './verify-audit.ts';
