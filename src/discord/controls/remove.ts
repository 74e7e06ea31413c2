import { PermissionFlagsBits } from 'discord.js';
import { Refusal } from '../context/refusal.js';
import type { Control } from './control.js';

/** Removes a message of the bot. Only the asker and moderators may use it. No values. */
export const REMOVE: Control = {
  isQuestion: false,
  acknowledgement({ interaction, isByAsker }) {
    const isModerator = interaction.memberPermissions?.has(PermissionFlagsBits.ManageMessages) ?? false;
    if (!isByAsker && !isModerator) throw new Refusal('removed.notYours');
    return 'edit';
  },
  run: () => null,
};
