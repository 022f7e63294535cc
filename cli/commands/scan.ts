import type { CommandModule } from 'yargs';
import type { ScanArguments } from '../arguments.ts';
import { withAt, withDeep, withRunOptions } from '../options.ts';

export const scanCommand: CommandModule<object, ScanArguments> = {
  command: 'scan [inventory]',
  describe: 'Probe every TLS port and judge what it presents',
  builder: (yargs) =>
    withDeep(withAt(withRunOptions(yargs)))
      .positional('inventory', { type: 'string', describe: 'Inventory file; ./uccert.yaml, else the lab' })
      .option('target', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'host:port or host:port#server-name, instead of an inventory',
      })
      .option('targets', {
        type: 'string',
        requiresArg: true,
        describe: 'File of lines "host:port server-name", - for standard input',
      })
      .option('machine-type', {
        type: 'string',
        requiresArg: true,
        describe: 'What the targets are; TLS_SERVER unless said',
      })
      .option('release', { type: 'string', requiresArg: true, describe: 'Release of the targets, 12.5(1)SU3' })
      .option('anchors', {
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'PEM file of trust anchors to judge the targets by',
      })
      .option('revocation', {
        type: 'boolean',
        default: false,
        describe: 'Ask the authorities that the certificates name, over HTTP, whether they were revoked',
      })
      .option('jsonl', {
        type: 'boolean',
        default: false,
        describe: 'Print one line of JSON per endpoint as it is done',
      })
      .example('$0 scan', 'Scan the inventory here, or the lab')
      .example('$0 scan --target uccx1.example.com:8445 --anchors root.pem', 'One port, trust judged by one root')
      .example('$0 scan --deep', 'Old protocol versions, weak groups and second certificates too')
      .example('$0 scan --out report --fail-on critical', 'Write every report into a folder') as never,
  handler: async (wanted) => {
    const { runScan } = await import('../run-scan.ts');
    process.exitCode = await runScan(wanted);
  },
};
