import type { Program } from '../program.ts';

/** `if [not] exist FILE COMMAND`: what is not carried out counts as well done. */
export const ifExist: Program = {
  name: 'if',
  isBuiltIn: true,
  run: ({ machine, session, line, io, runLine }) => {
    const {
      not,
      quoted,
      bare = '',
      then,
    } = /^\s*(?<not>not\s+)?exist\s+(?:"(?<quoted>[^"]*)"|(?<bare>[^\s"]+))\s+(?<then>\S.*)$/i.exec(line)?.groups ?? {};
    if (then === undefined) {
      io.error('The syntax of the command is incorrect.');
      return 1;
    }
    const isThere = machine.files.exists(quoted ?? bare, session.folder);
    return isThere === (not === undefined) ? runLine(then, io) : 0;
  },
};
