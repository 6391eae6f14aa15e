import { describe, expect, test } from '@jest/globals';
import { formatTable } from './format-table.ts';
import { htmlTable } from './html-table.ts';
import { markdownTable } from './markdown-table.ts';
import type { Table } from './table.ts';

const plain = { tone: (text: string) => text };

describe('table', () => {
  test('columns line up, whatever the colours', () => {
    const coloured = formatTable(aTable(), { tone: (text, tone) => `<${tone}>${text}</>` });
    const bare = coloured.replaceAll(/<[^>]*>/g, '');
    expect(bare).toBe(formatTable(aTable(), plain));
    expect(bare.split('\n')).toEqual([
      '             seconds         lost',
      'fault         worst  median   lost',
      'kill-broker   5.372   4.968      0',
      'cut-node     10.840       –  1,200',
    ]);
    expect(coloured).toContain('<bad>1,200</>');
  });

  test('a table that is too wide goes on below with its first column, groups kept whole', () => {
    expect(formatTable(aTable(), { ...plain, width: 28 }).split('\n')).toEqual([
      '             seconds',
      'fault         worst  median',
      'kill-broker   5.372   4.968',
      'cut-node     10.840       –',
      '',
      '             lost',
      'fault         lost',
      'kill-broker      0',
      'cut-node     1,200',
    ]);
  });

  test('a heading longer than its columns makes room for itself', () => {
    const table: Table = {
      columns: [
        { title: 'a', align: 'left' },
        { title: 'b', group: 'a long heading', align: 'right' },
        { title: 'c', align: 'right' },
      ],
      rows: [[{ text: '1' }, { text: '2' }, { text: '3' }]],
    };
    expect(formatTable(table, plain).split('\n')).toEqual([
      '   a long heading',
      'a               b  c',
      '1               2  3',
    ]);
  });

  test('in Markdown a group stands over its first column and what is bad is bold', () => {
    expect(markdownTable(aTable()).split('\n')).toEqual([
      '| fault | seconds<br>worst | &nbsp;<br>median | lost<br>lost |',
      '| --- | ---: | ---: | ---: |',
      '| kill-broker | 5.372 | 4.968 | 0 |',
      '| cut-node | 10.840 | – | **1,200** |',
    ]);
  });

  test('in HTML each cell knows its heading, and a row may be a link', () => {
    const { markup } = htmlTable(aTable(), { caption: 'A & B', linkOf: (row) => `#row-${row}` });
    expect(markup).toContain('<caption>A &amp; B</caption>');
    expect(markup).toContain('colspan="2">seconds</th>');
    expect(markup).toContain('<th scope="row"><a href="#row-1">cut-node</a></th>');
    expect(markup).toContain('<td class="right bad" data-heading="lost: lost">1,200</td>');
  });

  function aTable(): Table {
    return {
      columns: [
        { title: 'fault', align: 'left' },
        { title: 'worst', group: 'seconds', align: 'right' },
        { title: 'median', group: 'seconds', align: 'right' },
        { title: 'lost', group: 'lost', align: 'right' },
      ],
      rows: [
        [{ text: 'kill-broker' }, { text: '5.372', tone: 'good' }, { text: '4.968' }, { text: '0' }],
        [
          { text: 'cut-node' },
          { text: '10.840' },
          { text: '–', tone: 'dim' },
          { text: '1,200', tone: 'bad' },
        ],
      ],
    };
  }
});
