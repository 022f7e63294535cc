import type { Locator, Page } from '@playwright/test';
import { partsOf } from './parts.ts';

/**
 * The customer's page, bubble chat: name, e-mail, telephone and a mandatory problem (Bubble Chat guide); ids are
 * inferred, the label `close` is one that the guide lets a site translate.
 */
export function customerChat(
  page: Page,
): Readonly<Record<'name' | 'email' | 'phone' | 'start' | 'message' | 'send' | 'log' | 'words', Locator>> {
  return partsOf(page, 'Customer chat', {
    name: ['#name', 'the field for the name'],
    email: ['#email', 'the field for the e-mail address'],
    phone: ['#phone', 'the field for the telephone number'],
    start: ['button:text-is("Start Chat")', 'the button Start Chat'],
    message: ['#message', 'the field for a message'],
    send: ['button:visible:text-is("Send")', 'the button Send'],
    log: ['[role="log"]', 'what was said'],
    words: ['[role="status"]', 'the state of the chat'],
  });
}

/** Where the page is, with the widget of the inventory's first chat (Bubble Chat guide; the number 1 is inferred). */
export function customerChatPath(fqdn: string): string {
  return `/ccp/ui/BubbleChat.html?host=${fqdn}&wid=1&secure=true`;
}
