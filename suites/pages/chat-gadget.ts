import type { FrameLocator, Locator } from '@playwright/test';
import { partsOf } from './parts.ts';

/**
 * The tab Manage Chat and Email: before the certificate of CCP is accepted it shows "Launch Certificate" (Agent and
 * Supervisor Desktop User Guide). What it shows while there is no chat, and the names of the room's parts, are inferred.
 */
export function chatGadget(
  frame: FrameLocator,
): Readonly<Record<'idle' | 'message' | 'send' | 'log' | 'end' | 'words', Locator>> {
  return partsOf(frame, 'Chat', {
    idle: ['text="No active chats"', 'the words No active chats'],
    message: ['#message:visible, textarea:visible', 'the field for a message'],
    send: ['button:visible:text-is("Send")', 'the button Send'],
    log: ['[role="log"]', 'what was said'],
    end: ['button:visible:text-is("End")', 'the button End'],
    words: ['body', 'the gadget'],
  });
}
