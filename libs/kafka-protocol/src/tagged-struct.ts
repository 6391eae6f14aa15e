import { type Codec, encode, struct, take, uvarint, type ValueOf } from './codec.ts';

/** A field of a flexible structure that goes by number at its end, and not at all where it is `absent`, Kafka's default. */
export type Tag<T> = { number: number; codec: Codec<T>; absent: T };

export function tag<T>(number: number, codec: Codec<T>, absent: T): Tag<T> {
  return { number, codec, absent };
}

/** As `flexibleStruct`, with fields that are tags, given in the order of their numbers. Other tags are skipped. */
export function taggedStruct<
  Fields extends Record<string, Codec<unknown>>,
  Tags extends Record<string, Tag<unknown>>,
>(
  fields: Fields,
  tags: Tags,
): Codec<
  { [Name in keyof Fields]: ValueOf<Fields[Name]> } & {
    [Name in keyof Tags]: Tags[Name] extends Tag<infer T> ? T : never;
  }
> {
  type Value = ValueOf<ReturnType<typeof taggedStruct<Fields, Tags>>>;
  const plain = struct(fields);
  const entries = Object.entries(tags);
  return {
    write(value, out) {
      plain.write(value, out);
      const sent = entries.flatMap(([name, { number, codec, absent }]) => {
        const bytes = encode(codec, value[name]);
        return bytes.equals(encode(codec, absent)) ? [] : [{ number, bytes }];
      });
      uvarint.write(sent.length, out);
      for (const { number, bytes } of sent) {
        uvarint.write(number, out);
        uvarint.write(bytes.length, out);
        out.push(bytes);
      }
    },
    read(from) {
      const value: Record<string, unknown> = plain.read(from);
      for (const [name, { absent }] of entries) value[name] = absent;
      for (let left = uvarint.read(from); left > 0; left--) {
        const number = uvarint.read(from);
        const bytes = take(from, uvarint.read(from));
        const [name, known] = entries.find(([, each]) => each.number === number) ?? [];
        if (name !== undefined) value[name] = known?.codec.read({ buffer: bytes, offset: 0 });
      }
      return value as Value;
    },
  };
}
