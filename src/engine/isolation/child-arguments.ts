/** Which of Node's own options the engine's process hands on to an attempt's. */

// How modules are found and loaded, what the process may touch and how much memory it may take. Whatever is not named,
// such as --test, --inspect, --watch or --eval, is the engine's alone.
const handedOn: ReadonlyMap<string, 'flag' | 'value'> = new Map([
  ['--conditions', 'value'],
  ['-C', 'value'],
  ['--import', 'value'],
  ['--require', 'value'],
  ['-r', 'value'],
  ['--loader', 'value'],
  ['--experimental-loader', 'value'],
  ['--experimental-strip-types', 'flag'],
  ['--experimental-transform-types', 'flag'],
  ['--preserve-symlinks', 'flag'],
  ['--enable-source-maps', 'flag'],
  ['--no-warnings', 'flag'],
  ['--disable-warning', 'value'],
  ['--max-old-space-size', 'value'],
  ['--permission', 'flag'],
  ['--allow-fs-read', 'value'],
  ['--allow-fs-write', 'value'],
  ['--allow-child-process', 'flag'],
  ['--allow-worker', 'flag'],
  ['--allow-addons', 'flag'],
  ['--allow-wasi', 'flag'],
  ['--allow-net', 'flag'],
]);

const sourceCondition = '--conditions=@continuo/source';

/** `fromSource`: agents then import `continuo` as source too, however the engine itself was started. */
export function childArguments(execArgv: readonly string[], fromSource: boolean): readonly string[] {
  const kept: string[] = fromSource ? [sourceCondition] : [];
  for (let i = 0; i < execArgv.length; i++) {
    const argument = execArgv[i] ?? '';
    const equals = argument.indexOf('=');
    const name = equals === -1 ? argument : argument.slice(0, equals);
    // Node takes V8's options with underscores too.
    const form = handedOn.get(name) ?? handedOn.get(name.replaceAll('_', '-'));
    if (form === undefined || (fromSource && argument === sourceCondition)) continue;
    kept.push(argument);
    const value = execArgv[i + 1];
    if (form === 'flag' || equals !== -1 || value === undefined) continue;
    kept.push(value);
    i++;
  }
  return kept;
}
