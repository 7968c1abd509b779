/** What of an environment must never be told: keys of providers, passwords in addresses, and what is called a secret. */
const named = /(?:KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIALS|PASSPHRASE)(?:_|$|S$)/i;

export function secretsIn(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.entries(env).flatMap(([name, value = '']) =>
    named.test(name) && value.trim() !== '' ? [value.trim()] : passwordsOf(value),
  );
}

/** A password may itself hold `@`, `/` and `?` that nobody escaped. */
function passwordsOf(address: string): readonly string[] {
  const [, password] = /^[a-z][a-z0-9+-]*:\/\/[^:@/]*:(.*)@/i.exec(address) ?? [];
  const [, asked] = /[?&](?:ssl)?password=([^&#]*)/i.exec(address) ?? [];
  return [password, asked].flatMap((one) => (one === undefined || one === '' ? [] : [one, unescaped(one)]));
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
