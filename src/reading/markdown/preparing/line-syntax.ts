import { ATTRIBUTES } from './plain-markdown.js';

/** Fenced code, which may begin in a quotation or an item. */
export const FENCE = /^([\s>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)(`{3,}|~{3,})(.*)$/;
/** The beginning of an item. */
export const LIST_MARKER = /^([ \t]*)([-*+]|\d{1,9}[.)])([ \t]+|$)/;
/** `:::name`, and `:::` that ends one. */
export const DIRECTIVE = /^(:{3,})[ \t]*(?:\{([\w-]+)\}|([A-Za-z][\w-]*))?[ \t]*(.*)$/;
/** `!!! name "Title"` and `??? name` of MkDocs. */
export const ADMONITION = /^(?:!!!|\?\?\?\+?)[ \t]+([A-Za-z][\w-]*)((?:[ \t]+[\w-]+)*)[ \t]*(?:"(.*)")?[ \t]*$/;
/** `=== "Title"` of MkDocs. */
export const TAB = /^===[+!]?[ \t]+"(.+)"[ \t]*$/;
/** `/// name | Title` of PyMdown. */
export const BLOCK = /^\/{3,}[ \t]+([a-z][\w-]*)[ \t]*(?:\|[ \t]*(.*))?$/;
/** A placeholder for a table of contents. */
export const TABLE_OF_CONTENTS = /^(?:\[\[toc\]\]|\[toc\]|\[\[_toc_\]\]|\{:toc\}|\$\{toc\}|@\[toc\].*)$/i;
/** A placeholder for the text of another file. */
export const INCLUDE = /^(?:<<<[ \t]+\S.*|-{1,2}8<-{1,2}.*|<!--[ \t]*@include:.*-->|@include:?[ \t].*)$/i;
/** Elements whose content is not Markdown. */
export const RAW_HTML = /^<(pre|script|style|textarea)(?=[\s>]|$)/i;
/** An import or export of MDX. */
export const STATEMENT =
  /^(?:import[ \t]+(?:[\w*{"']|$)|export[ \t]+(?:const|let|var|function|default|async|class|type|interface|[*{]))/;
/** Attributes on a line of their own. */
export const ATTRIBUTE_LINE = new RegExp(`^${ATTRIBUTES.source}$`);
/** A line that cannot be a term of a definition list. */
export const NOT_A_TERM = /^\s*(?:[-*+]\s|[>|#<]|\d+[.)]\s|:)/;
/** Elements that contain Markdown in MDX, like components. */
export const MDX_CONTAINERS = /^(?:details|summary|div|section|article|aside|figure|center|main|header|footer|p)$/;
