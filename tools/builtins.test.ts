import { expect, test } from 'vitest';
import { withoutFacades } from './builtins.ts';

test.each([
  ['import{readFileSync}from"node:fs";x();', 'const {readFileSync}=process.getBuiltinModule("node:fs");x();'],
  ['import{join as j,sep}from"path";', 'const {join:j,sep}=process.getBuiltinModule("path");'],
  ['import*as fs from"node:fs/promises";', 'const fs=process.getBuiltinModule("node:fs/promises");'],
  ['import fs,{a}from"fs";', 'const fs=process.getBuiltinModule("fs"),{a}=process.getBuiltinModule("fs");'],
  ['x();import"node:net";', 'process.getBuiltinModule("node:net");x();'],
  ['#!/usr/bin/env node\nimport{a}from"os";', '#!/usr/bin/env node\nconst {a}=process.getBuiltinModule("os");'],
])('%s asks for no more than it names', (source, written) => expect(withoutFacades(source)).toBe(written));

test.each(['import{z}from"./chunk-A.js";', 'import*as b from"playwright";', 'await import("node:tls");'])(
  '%s stays',
  (source) => expect(withoutFacades(source)).toBe(source),
);
