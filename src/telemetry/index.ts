export { telemetryFrom, type Environment } from './from-environment.ts';
export { langfuse, type LangfuseKeys } from './langfuse.ts';
export { otlpTelemetry, type OtlpOptions } from './otlp-telemetry.ts';
