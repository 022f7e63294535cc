import type { Locator, Page } from '@playwright/test';
import { partsOf } from './parts.ts';

const parts = {
  state: ['#voice-state-select-headerOptionText', 'the state of the agent'],
  stateMenu: ['#voice-state-select-headerContainer', 'the menu of states'],
  ready: ['div[role="option"]:text-is("Ready")', 'the choice Ready'],
  notReady: ['div[role="option"]:has-text("Not Ready") >> nth=0', 'the choice Not Ready'],
  certificateDialog: [
    'dialog:visible:has-text("ertificate"), [role="dialog"]:visible:has-text("ertificate")',
    'the dialog SSL Certificate Not Accepted',
  ],
  refusal: ['#signin [role="alert"]:visible, .error:visible', 'the words beside the sign-in form'],
  banner: ['[class^="alertbanner-content-"]:visible', 'a banner'],
  gadgets: ['iframe[name^="finesse_gadget_"]', 'the gadgets'],
  answer: ['button:visible:text-is("Answer")', 'the button Answer'],
  end: ['button:visible:text-is("End")', 'the button End'],
  chatTab: ['a[title="Manage Chat and Email"]', 'the tab Manage Chat and Email'],
  chatState: ['#nonvoice-state-menu', 'the state for chats'],
  chatReady: ['#nonvoice-state-menu button', 'the choice Ready for chats'],
  acceptChat: ['button:visible:text-is("Accept")', 'the button Accept of the chat'],
} as const;

/**
 * The Finesse desktop after the sign-in.
 * Ids of 12.x as seen in public browser scripts and extensions for it; "SSL Certificate Not Accepted", Answer, End and
 * Accept are words of the Agent and Supervisor Desktop User Guide (their elements, and where a refusal stands: inferred).
 */
export function finesseDesktop(page: Page): Readonly<Record<keyof typeof parts, Locator>> {
  return partsOf(page, 'Finesse desktop', parts);
}
