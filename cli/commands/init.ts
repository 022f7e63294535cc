import type { CommandModule } from 'yargs';

interface InitArguments {
  readonly file: string;
  readonly deployment: 'uccx' | 'pcce' | 'ucce';
  readonly force: boolean;
}

export const initCommand: CommandModule<object, InitArguments> = {
  command: 'init [file]',
  describe: 'Write a commented starter inventory',
  builder: (yargs) =>
    yargs
      .positional('file', {
        type: 'string',
        default: 'uccert.yaml',
        describe: 'Where to write it; - is standard output',
      })
      // Without it yargs takes "-" for an option, and the file for not named.
      .nargs('file', 1)
      .option('deployment', {
        choices: ['uccx', 'pcce', 'ucce'] as const,
        default: 'uccx' as const,
        describe: 'Whose machines it names',
      })
      .option('force', { type: 'boolean', default: false, describe: 'Write over a file that is there' }),
  handler: async ({ file, deployment, force }) => {
    const [{ existsSync, writeFileSync }, { UsageError }, { starterInventory }, { print, say }] = await Promise.all([
      import('node:fs'),
      import('#model/errors.ts'),
      import('#inventory/starter.ts'),
      import('../terminal.ts'),
    ]);
    const text = starterInventory(deploymentOf[deployment]);
    if (file === '-') {
      print(text);
      return;
    }
    if (!force && existsSync(file)) {
      throw new UsageError({
        seen: `${file} is there already.`,
        matters: 'Writing over it would lose what it says.',
        todo: 'Name another file, or add --force.',
      });
    }
    writeFileSync(file, text);
    say(`Written: ${file}. Put your machines in, then: uccert scan ${file === 'uccert.yaml' ? '' : file}`.trimEnd());
  },
};

const deploymentOf = { uccx: 'UCCX', pcce: 'PCCE', ucce: 'UCCE' } as const;
