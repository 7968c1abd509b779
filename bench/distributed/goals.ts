/** What the distributed engine should reach, and whether it did. */
export interface Row {
  readonly what: string;
  readonly figure: number | string;
  readonly unit: string;
  readonly goal?: Goal;
}

export interface Goal {
  readonly is: 'at least' | 'at most';
  readonly value: number;
}

export const atLeast = (value: number): Goal => ({ is: 'at least', value });
export const atMost = (value: number): Goal => ({ is: 'at most', value });

export function reached({ figure, goal }: Row): boolean | undefined {
  if (goal === undefined) return undefined;
  if (typeof figure === 'string') return false;
  return goal.is === 'at least' ? figure >= goal.value : figure <= goal.value;
}

export function tableOf(rows: readonly Row[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(['what', 'measured', 'goal', '']),
    '|---|---:|---:|---|',
    ...rows.map((row) => line([row.what, withUnit(row.figure, row.unit), goalOf(row), verdict(row)])),
    '',
  ].join('\n');
}

function goalOf({ goal, unit }: Row): string {
  return goal === undefined ? '' : `${goal.is === 'at least' ? '≥' : '≤'} ${withUnit(goal.value, unit)}`;
}

function verdict(row: Row): string {
  const is = reached(row);
  return is === undefined ? '' : is ? 'reached' : 'missed';
}

function withUnit(figure: number | string, unit: string): string {
  if (typeof figure === 'string') return figure;
  const shown = Math.abs(figure) >= 100 ? Math.round(figure).toLocaleString('en') : String(Number(figure.toPrecision(3)));
  return unit === '' ? shown : `${shown} ${unit}`;
}
