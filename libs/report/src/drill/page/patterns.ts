import { markup } from '../../text/markup.ts';

/**
 * Silence and unreadiness are told by their pattern as well as by colour. Defined once for all figures of the page, in a
 * drawing that has no size: one that is not displayed would take its patterns with it.
 */
export const patterns = markup`<svg width="0" height="0" style="position:absolute" aria-hidden="true" focusable="false"><defs>
<pattern id="silence" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="silence-ground" width="5" height="5"/><rect class="silence-hatch" width="1.4" height="5"/></pattern>
<pattern id="not-ready" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><rect class="not-ready-ground" width="4" height="4"/><rect class="not-ready-hatch" width="1.6" height="4"/></pattern>
</defs></svg>`;
