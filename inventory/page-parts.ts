/** Where a part of a page is found, and what it is called when it is missed. */
export interface PagePart {
  readonly words: string;
  /** As CSS or Playwright has it. */
  readonly selector: string;
  /** Of releases before this one, by another selector, and another name where that names the selector. */
  readonly before?: { readonly release: string; readonly selector: string; readonly words?: string };
}

/**
 * The parts of pages that the browser suites look for, by the page and their own name: the names that `selectors` of the
 * inventory may give anew where a page was rebuilt.
 */
const pageParts = {
  /**
   * Fields by name and the button by class, as public clients of the page send and find them; no document gives ids:
   * https://github.com/ccondry/uccx-config-client, src/app-admin.js (12.5).
   */
  'Unified CCX Administration': {
    userName: { words: 'the field j_username', selector: 'input[name="j_username"]' },
    password: { words: 'the field j_password', selector: 'input[name="j_password"]' },
    login: { words: 'the button of class cuesLoginButton', selector: '.cuesLoginButton' },
  },
  /**
   * Its first page after the sign-in, or the words beside the form: those of the Unified CCX Administration guide; where they stand is inferred.
   */
  'Unified CCX Administration home': {
    title: {
      words: 'the words Cisco Unified CCX Administration without a sign-in form',
      selector: 'body:has-text("Cisco Unified CCX Administration"):not(:has(input[name="j_password"]))',
    },
    refusal: { words: 'the words beside the sign-in form', selector: '[role="alert"]:visible, .error:visible' },
  },
  /**
   * Ids of 12.x and field names until 11.x as seen in public browser scripts for it; the three fields are in the Cisco
   * Finesse Agent and Supervisor Desktop User Guide, "Sign In to the Finesse Desktop". The button is found by its words
   * until 11.x: its id is not documented before 12.0.
   */
  'Finesse sign-in': {
    userName: {
      words: 'the field #username',
      selector: '#username',
      before: { release: '12.0', selector: 'input[name="j_username"]', words: 'the field j_username' },
    },
    password: {
      words: 'the field #password',
      selector: '#password',
      before: { release: '12.0', selector: 'input[name="j_password"]', words: 'the field j_password' },
    },
    extension: {
      words: 'the field #extension',
      selector: '#extension',
      before: {
        release: '12.0',
        selector: 'input[name="extension_login_user"]',
        words: 'the field extension_login_user',
      },
    },
    signIn: {
      words: 'the button #signin-button',
      selector: '#signin-button',
      before: { release: '12.0', selector: 'button:has-text("Sign In")', words: 'the button Sign In' },
    },
  },
  /**
   * The sign-in page /cfadmin; its fields are inferred from those of the desktop until 11.x.
   */
  'Finesse administration': {
    userName: { words: 'the field for the ID', selector: 'input[name="j_username"], #username' },
    password: { words: 'the field for the password', selector: 'input[type="password"]' },
  },
  /**
   * After the sign-in. Ids of 12.x as seen in public browser scripts and extensions for it; "SSL Certificate Not Accepted",
   * Answer, End and Accept are words of the Agent and Supervisor Desktop User Guide (their elements, and where a refusal
   * stands: inferred).
   */
  'Finesse desktop': {
    state: { words: 'the state of the agent', selector: '#voice-state-select-headerOptionText' },
    stateMenu: { words: 'the menu of states', selector: '#voice-state-select-headerContainer' },
    ready: { words: 'the choice Ready', selector: 'div[role="option"]:text-is("Ready")' },
    notReady: { words: 'the choice Not Ready', selector: 'div[role="option"]:has-text("Not Ready") >> nth=0' },
    certificateDialog: {
      words: 'the dialog SSL Certificate Not Accepted',
      selector: 'dialog:visible:has-text("ertificate"), [role="dialog"]:visible:has-text("ertificate")',
    },
    refusal: { words: 'the words beside the sign-in form', selector: '#signin [role="alert"]:visible, .error:visible' },
    banner: { words: 'a banner', selector: '[class^="alertbanner-content-"]:visible' },
    gadgets: { words: 'the gadgets', selector: 'iframe[name^="finesse_gadget_"]' },
    answer: { words: 'the button Answer', selector: 'button:visible:text-is("Answer")' },
    end: { words: 'the button End', selector: 'button:visible:text-is("End")' },
    chatTab: { words: 'the tab Manage Chat and Email', selector: 'a[title="Manage Chat and Email"]' },
    chatState: { words: 'the state for chats', selector: '#nonvoice-state-menu' },
    chatReady: { words: 'the choice Ready for chats', selector: '#nonvoice-state-menu button' },
    acceptChat: { words: 'the button Accept of the chat', selector: 'button:visible:text-is("Accept")' },
  },
  /**
   * The gadget of the tab Manage Chat and Email: before the certificate of CCP is accepted it shows "Launch Certificate" (Agent
   * and Supervisor Desktop User Guide). What it shows while there is no chat, and the names of the room's parts, are inferred.
   */
  Chat: {
    idle: { words: 'the words No active chats', selector: 'text="No active chats"' },
    message: { words: 'the field for a message', selector: '#message:visible, textarea:visible' },
    send: { words: 'the button Send', selector: 'button:visible:text-is("Send")' },
    log: { words: 'what was said', selector: '[role="log"]' },
    end: { words: 'the button End', selector: 'button:visible:text-is("End")' },
    words: { words: 'the gadget', selector: 'body' },
  },
  /**
   * The customer's page, bubble chat: name, e-mail, telephone and a mandatory problem (Bubble Chat guide); ids are inferred,
   * the label `close` is one that the guide lets a site translate.
   */
  'Customer chat': {
    name: { words: 'the field for the name', selector: '#name' },
    email: { words: 'the field for the e-mail address', selector: '#email' },
    phone: { words: 'the field for the telephone number', selector: '#phone' },
    start: { words: 'the button Start Chat', selector: 'button:text-is("Start Chat")' },
    message: { words: 'the field for a message', selector: '#message' },
    send: { words: 'the button Send', selector: 'button:visible:text-is("Send")' },
    log: { words: 'what was said', selector: '[role="log"]' },
    words: { words: 'the state of the chat', selector: '[role="status"]' },
  },
  /**
   * The user name first, then the password and the domain. Ids of 11.5 and later as seen in public browser scripts for it.
   */
  'Unified Intelligence Center': {
    userName: { words: 'the field #rawUserName', selector: '#rawUserName' },
    next: { words: 'the button #identitySubmitBtn', selector: '#identitySubmitBtn' },
    password: { words: 'the field #j_password', selector: '#j_password' },
    domain: { words: 'the choice of the domain', selector: 'select:visible' },
    signIn: { words: 'the button of class btn--people', selector: '.btn.btn--people' },
  },
  /**
   * The list of reports after the sign-in, its rows as public scripts find them.
   */
  'Unified Intelligence Center reports': {
    first: { words: 'the first report', selector: '#dgrid_0-row-0' },
    refusal: { words: 'the words beside the sign-in form', selector: '[role="alert"]:visible' },
  },
  /**
   * A report in a gadget or behind a permalink: a grid (Unified Intelligence Center user guide). That its rows are rows of a
   * table, or have that role, is inferred.
   */
  'Live Data': {
    rows: { words: 'the rows of the report', selector: 'tbody tr, .dgrid-row' },
    grid: { words: 'the grid of the report', selector: 'tbody, .dgrid-content' },
    words: { words: 'the report', selector: 'body' },
  },
  /**
   * The sign-in page /oamp: it posts to /oamp/j_security_check with a token, as a public client does.
   */
  'Operations Administration': {
    userName: { words: 'the field j_username', selector: 'input[name="j_username"]' },
    password: { words: 'the field j_password', selector: 'input[name="j_password"]' },
  },
  /**
   * The sign-in page /idsadmin; its fields are inferred.
   */
  'Identity Service': {
    password: { words: 'the field for the password', selector: 'input[type="password"]' },
  },
  /**
   * The sign-in page /cmplatform: names and class as public clients of the page find them.
   */
  'Platform administration': {
    userName: { words: 'the field j_username', selector: 'input[name="j_username"]' },
    password: { words: 'the field j_password', selector: 'input[name="j_password"]' },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, PagePart>>>>;

export type PartsPage = keyof typeof pageParts;
export type PartName<P extends PartsPage> = keyof (typeof pageParts)[P] & string;

/** The same for readers that come by a page's name. */
export const partsByPage: Readonly<Record<string, Readonly<Record<string, PagePart>>>> = pageParts;
