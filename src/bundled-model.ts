/** Id of the model that comes with Footnote, in the folder `models`. It is used unless FOOTNOTE_MODEL names another one. */
export const BUNDLED_MODEL_ID = 'Xenova/all-MiniLM-L6-v2';
