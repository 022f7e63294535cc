/** Somebody who signs in. */
export interface Person {
  /** User name of the desktop, which on UCCX is the agent id. */
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly roles: readonly ('Agent' | 'Supervisor' | 'Administrator' | 'Reporting')[];
  /** The extension their telephone has; only people with one take calls. */
  readonly extension?: string;
  readonly queues: readonly string[];
}

export const team = { id: '1', name: 'Daylight' } as const;

export const queues = ['Sales', 'Service'] as const;

/** The chat queue of UCCX: contacts carry it in the extension field ccxqueuetag. */
export const chatQueue = 'Chat_Csq1';

export const people: readonly Person[] = [
  { id: 'agent1', firstName: 'Ada', lastName: 'Lind', roles: ['Agent'], extension: '1001', queues },
  { id: 'agent2', firstName: 'Ben', lastName: 'Okoye', roles: ['Agent'], extension: '1002', queues },
  { id: 'agent3', firstName: 'Cleo', lastName: 'Marsh', roles: ['Agent'], extension: '1003', queues: ['Sales'] },
  {
    id: 'supervisor1',
    firstName: 'Sana',
    lastName: 'Ruiz',
    roles: ['Agent', 'Supervisor'],
    extension: '1010',
    queues,
  },
  { id: 'report1', firstName: 'Rolf', lastName: 'Haas', roles: ['Reporting'], queues: [] },
  { id: 'ccxadmin', firstName: 'Ines', lastName: 'Voss', roles: ['Administrator'], queues: [] },
];
