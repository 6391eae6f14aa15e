import type { TopicKey } from './kafka-key.ts';

/** What is allowed for a setting, as a phrase, where the value is not; undefined where it is. */
export function valueRefusal(key: TopicKey, value: string): string | undefined {
  switch (key.type) {
    case 'boolean':
      return ['true', 'false'].includes(value.toLowerCase()) ? undefined : 'true or false';
    case 'short':
      return wholeNumberRefusal(key, value, 15);
    case 'int':
      return wholeNumberRefusal(key, value, 31);
    case 'long':
      return wholeNumberRefusal(key, value, 63);
    case 'double':
      return numberRefusal(key, value);
    case 'list':
    case 'string':
      return wordRefusal(key, value);
    case 'class':
    case 'password':
      return undefined;
  }
}

function wholeNumberRefusal({ min, max }: TopicKey, value: string, bits: number): string | undefined {
  const most = 2n ** BigInt(bits);
  const number = /^[-+]?\d+$/.test(value) ? BigInt(value) : undefined;
  if (number !== undefined && number >= (min ?? -most) && number <= (max ?? most - 1n)) return undefined;
  return `a whole number${range(min, max)}`;
}

function numberRefusal({ min, max }: TopicKey, value: string): string | undefined {
  const number = value.trim() === '' ? Number.NaN : Number(value);
  return number >= (min ?? -Infinity) && number <= (max ?? Infinity)
    ? undefined
    : `a number${range(min, max)}`;
}

function wordRefusal({ type, oneOf }: TopicKey, value: string): string | undefined {
  if (oneOf === undefined) return undefined;
  const words = type === 'list' ? value.split(',').map((word) => word.trim()) : [value];
  if (words.every((word) => oneOf.includes(word))) return undefined;
  return type === 'list' ? `a list of ${oneOf.join(', ')}` : `one of ${oneOf.join(', ')}`;
}

function range(min: number | undefined, max: number | undefined): string {
  if (min === undefined) return max === undefined ? '' : ` of at most ${max}`;
  return max === undefined ? ` of at least ${min}` : ` from ${min} to ${max}`;
}
