/** Node's warnings about files of the user's are no use to somebody who runs a plan. */

const noise: ReadonlySet<string> = new Set(['ExperimentalWarning', 'MODULE_TYPELESS_PACKAGE_JSON']);

export function quietWarnings(): void {
  const usual = process.listeners('warning');
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    const code = 'code' in warning ? String(warning.code) : '';
    if (noise.has(warning.name) || noise.has(code)) return;
    for (const listener of usual) Reflect.apply(listener, process, [warning]);
  });
}
