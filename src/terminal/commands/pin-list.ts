import type { TerminalCommand } from '../command.js';
import { renderPinList, toPrintedPin } from '../render-pins.js';

/** Lists what is pinned, and says whose passage is gone. */
export const pinListCommand: TerminalCommand = {
  async run({ app, settings, json, print, screen }) {
    await app.withPins(settings, ({ library, pins }) => {
      const listed = pins.list();
      print(
        json ? JSON.stringify(listed.map((pin) => toPrintedPin(pin, library))) : renderPinList(listed, library, screen),
      );
    });
    return undefined;
  },
};
