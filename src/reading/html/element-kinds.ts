/** Elements that start on a new line in a browser. */
export const BLOCK_ELEMENTS = new Set(
  'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre search section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);

/** Elements that show no text, or only the labels of controls. */
export const IGNORED_ELEMENTS = new Set(
  'annotation applet area audio base button canvas datalist embed frame frameset head iframe img input link map meta meter noembed noframes noscript object option optgroup param picture progress rp rt script select source style svg template textarea title track video'.split(
    ' ',
  ),
);

/** Class names of text for screen readers only, and of links to edit a section. */
export const UNSEEN =
  /(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-text|assistive-text|u-visually-hidden|mw-editsection|headerlink|hash-link)(?=$|\s)/i;
