import { markup } from '../../text/markup.ts';

/** How to read the page. */
export const notes = markup`
<footer>
<h2>How this was measured</h2>
<p>Each partition gets a write at times fixed ahead, whether or not earlier ones were acknowledged, and latency counts from the
time that was meant. An <strong>interruption</strong> is the longest time that a partition went without an acknowledged write; in calm
it is the interval between writes. <strong>Available</strong> is the share of partitions × time without silences of over a second.
A record is <strong>lost</strong> if it was acknowledged and is not there when everything is read back. Afterwards the logs of all
replicas are compared: they must hold the same batches, all that was read back among them.</p>
</footer>`;
