import { describe, expect, test } from '@jest/globals';
import { isKafkaHaError } from '@kafka-ha/base';
import fc from 'fast-check';
import { Document, parse, Scalar, YAMLMap } from 'yaml';
import { editClusterFile } from './edit-cluster-file.ts';

type Data = { [key: string]: Data | string | number | boolean | null };

const key = fc.constantFrom('brokers', 'storage', 'size', 'class', 'local', 'on', '1', 'environments');
const leaf = fc.constantFrom<(string | number | boolean | null)[]>(
  '50Gi',
  '3.9',
  5,
  1.5,
  true,
  null,
  'a: b',
  '',
  'no',
  'x\ny',
);
const { tree } = fc.letrec<{ tree: Data; value: Data | string | number | boolean | null }>((tie) => ({
  tree: fc.dictionary(key, tie('value'), { maxKeys: 4, depthIdentifier: 'tree' }),
  value: fc.oneof({ depthIdentifier: 'tree', maxDepth: 3 }, leaf, tie('tree')),
}));

/** Anything that a person or a tool may have made of the same data: style of each node, anchors and aliases, comments. */
const style = fc.record({
  flow: fc.array(fc.boolean(), { minLength: 1, maxLength: 6 }),
  quotes: fc.constantFrom(null, Scalar.QUOTE_DOUBLE, Scalar.QUOTE_SINGLE, Scalar.BLOCK_LITERAL, Scalar.PLAIN),
  comments: fc.boolean(),
  anchors: fc.boolean(),
  share: fc.boolean(),
  indent: fc.constantFrom(2, 4, 7),
  newline: fc.constantFrom('\n', '\r\n'),
  mark: fc.constantFrom('', '\ufeff'),
  head: fc.constantFrom('', '# ours\n\n', '---\n', '%YAML 1.2\n---\n'),
  tail: fc.constantFrom('', '\n# the end', '...\n', '   \n'),
});

type Style = typeof style extends fc.Arbitrary<infer T> ? T : never;

const edit = fc.record({
  path: fc.array(key, { minLength: 1, maxLength: 3 }) as unknown as fc.Arbitrary<[string, ...string[]]>,
  value: fc.constantFrom<(string | number)[]>('80Gi', '3.8', 7, "it's", 'true', '100MB/s', '- x'),
  environment: fc.option(fc.constantFrom('local', '1', 'prod'), { nil: undefined }),
});

describe('edit cluster file property', () => {
  test('an edit changes what it says and nothing else, or is refused by name', () => {
    let edited = 0;
    fc.assert(
      fc.property(tree, style, fc.array(edit, { minLength: 1, maxLength: 2 }), (data, style, edits) => {
        let text = written(data, style);
        for (const { path, value, environment } of edits) {
          const whole = environment === undefined ? path : ['environments', environment, ...path];
          let after: string;
          try {
            after = editClusterFile(text, [{ path, value }], environment);
          } catch (error) {
            if (!isKafkaHaError(error)) throw error;
            expect(error).toMatchObject({ code: 'invalid-cluster-file' });
            continue;
          }
          expect(isFree(parse(text), whole)).toBe(true);
          expect(parse(after)).toEqual(withValue(parse(text), whole, value));
          expect(commentsOf(after)).toEqual(commentsOf(text));
          expect(after.startsWith('\ufeff')).toBe(text.startsWith('\ufeff'));
          if (!text.includes('\n\n')) expect(/(?<!\r)\n/.test(after)).toBe(/(?<!\r)\n/.test(text));
          edited++;
          text = after;
        }
      }),
      { numRuns: 300 },
    );
    expect(edited).toBeGreaterThan(100);
  });

  test('a file without anchors in which the way to the value is free is never refused', () => {
    fc.assert(
      fc.property(tree, style, edit, (data, style, { path, value }) => {
        const plain = { ...style, anchors: false, share: false, quotes: null };
        fc.pre(isFree(data, path));
        const text = written(data, plain);
        expect(parse(editClusterFile(text, [{ path, value }]))).toEqual(withValue(parse(text), path, value));
      }),
      { numRuns: 300 },
    );
  });

  /** Mappings or nothing on the way, and no mapping at its end. */
  function isFree(data: unknown, [step, ...rest]: readonly string[]): boolean {
    if (step === undefined) return typeof data !== 'object' || data === null;
    if (data === undefined || data === null) return true;
    if (typeof data !== 'object') return false;
    return isFree(Object.hasOwn(data, step) ? (data as Data)[step] : undefined, rest);
  }

  function written(data: Data, style: Style): string {
    const document = new Document(data, { aliasDuplicateObjects: false });
    const maps: YAMLMap[] = [];
    let turn = 0;
    const dress = (node: unknown): void => {
      if (node instanceof Scalar) {
        if (style.quotes !== null && typeof node.value === 'string') node.type = style.quotes;
        if (style.comments && style.flow[turn++ % style.flow.length] === true) node.comment = ' why';
      }
      if (!(node instanceof YAMLMap)) return;
      maps.push(node);
      node.flow = style.flow[turn++ % style.flow.length] === true;
      for (const { value } of node.items) dress(value);
    };
    dress(document.contents);
    const [, first, second] = maps;
    if (style.anchors && first !== undefined) first.anchor = 'one';
    const root = document.contents as unknown as YAMLMap;
    if (style.share && first !== undefined && second !== undefined)
      root.set('shared', document.createAlias(first));
    const body = document.toString({ indent: style.indent, lineWidth: 0 });
    return style.mark + (style.head + body + style.tail).replaceAll('\n', style.newline);
  }

  function withValue(data: unknown, [step, ...rest]: readonly string[], value: string | number): unknown {
    if (step === undefined) return value;
    const map = typeof data === 'object' && data !== null ? (data as Data) : {};
    return { ...map, [step]: withValue(map[step], rest, value) };
  }

  function commentsOf(text: string): string[] {
    return [...text.matchAll(/# (ours|why|the end)/g)].map(([comment]) => comment).sort();
  }
});
