/** What the engine throws: sentences of its own, and the failures of a machine that is broken from then on. */

export type EngineError =
  { readonly is: 'told'; readonly what: string; readonly template: string; readonly line: number | undefined } | { readonly is: 'broken' };

// The first line alone: those below it show the template, and with it values of the input.
const sentence = /^(?<what>[^\n]*?) \(in (?<template>[^\n]*):(?<line>\d+)\)/;
const escaping = /\.(?:html?|xml|json5?|js|ya?ml)(?:\.j2|\.jinja2?)?$/;
const suffix = '.text';

/** The engine escapes by the ending of a name; a prompt is never escaped. */
export function engineName(path: string): string {
  return escaping.test(path) ? path + suffix : path;
}

export function readEngineError(thrown: unknown): EngineError {
  // `Error` itself and no kind of it: a RangeError or a WebAssembly.RuntimeError comes from a broken machine.
  if (!(thrown instanceof Error) || thrown.name !== 'Error' || thrown.message.startsWith('recursive use of an object'))
    return { is: 'broken' };
  const { what, template, line } = sentence.exec(thrown.message)?.groups ?? {};
  if (what === undefined || template === undefined) return { is: 'told', what: firstLine(thrown.message), template: '', line: undefined };
  const path = template.endsWith(suffix) && escaping.test(template.slice(0, -suffix.length)) ? template.slice(0, -suffix.length) : template;
  return { is: 'told', what, template: path, line: Number(line) };
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text;
}
