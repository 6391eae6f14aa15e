/** How a cell is meant; whoever prints it knows the colours. Undefined: as it is. */
export type Tone = 'good' | 'bad' | 'dim' | undefined;

export type Cell = { text: string; tone?: Tone };

/** `group` is a heading over neighbouring columns that share it. */
export type Column = { title: string; group?: string; align: 'left' | 'right' };

/** Every row has one cell for each column. */
export type Table = { columns: readonly Column[]; rows: readonly (readonly Cell[])[] };
