import type { Page } from '@playwright/test';
import { urlOf } from '#inventory/pages.ts';
import { signInToDesktop } from './desktop.ts';
import { detailsOf, expect, test as base, titleOf } from './fixtures.ts';
import { inventory, openings } from './inventory.ts';
import { partsOf } from './parts.ts';

/** The gadget that CCP gives to the desktop (UCCX administration guide, layout). */
const gadgetFrame = 'iframe[src*="multisession-reply-gadget"]';

/** The customer's page, with the widget of the inventory's first chat (Bubble Chat guide; the number 1 is inferred). */
function customerChatPath(fqdn: string): string {
  return `/ccp/ui/BubbleChat.html?host=${fqdn}&wid=1&secure=true`;
}

const test = base.extend<{ readonly customer: Page }>({
  customer: async ({ somebodyElse }, use) => {
    const page = await somebodyElse.newPage();
    await use(page);
    // A contact that nobody ends waits for the next agent.
    await page.evaluate(() => fetch('/ccp/chat', { method: 'DELETE' }).catch(() => undefined)).catch(() => undefined);
  },
});

for (const opening of openings('Chat')) {
  test.describe(titleOf(opening), detailsOf(opening), () => {
    test.use({ opening });

    test("a customer's contact is offered, accepted, answered and ended", async ({
      visit,
      accounts,
      page,
      customer,
    }) => {
      const ccp = inventory().snapshot.machines.find(({ type }) => type === 'CCP');
      if (ccp === undefined) throw new TypeError('a chat needs a CCP');
      const { desktop } = await signInToDesktop(visit, accounts);
      const gadget = partsOf(page.frameLocator(gadgetFrame), 'Chat');
      await visit.claim(
        'the tab Manage Chat and Email shows no certificate to accept',
        async () => {
          await desktop.chatTab.click();
          await expect(gadget.idle).toBeVisible();
        },
        gadget.words,
      );
      await visit.claim('the agent is ready for chats', async () => {
        await desktop.chatReady.click();
        await expect(desktop.chatState).not.toContainText('Not Ready');
      });
      const form = partsOf(customer, 'Customer chat');
      await visit.open(
        { name: form.name, start: form.start },
        urlOf(ccp, 443, customerChatPath(ccp.fqdn ?? '')),
        customer,
      );
      await form.name.fill('Test contact');
      await form.email.fill('test@example.com');
      await form.phone.fill('1000');
      await form.start.click();
      await visit.claim('the contact is offered', () => expect(desktop.acceptChat).toBeVisible(), form.words);
      await visit.claim(
        'it is accepted, and the room opens',
        async () => {
          await desktop.acceptChat.click();
          await expect(gadget.message).toBeVisible();
        },
        gadget.words,
      );
      await visit.claim('the customer reads what the agent writes', async () => {
        await gadget.message.fill('Good morning');
        await gadget.send.click();
        await expect(form.log).toContainText('Good morning');
      });
      await visit.claim('the agent reads what the customer writes', async () => {
        await form.message.fill('A question');
        await form.send.click();
        await expect(gadget.log).toContainText('A question');
      });
      await visit.keepPicture();
      await visit.claim('the chat ends', async () => {
        await gadget.end.click();
        await expect(gadget.message).toBeHidden();
      });
    });
  });
}
