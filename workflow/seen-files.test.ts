import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { putSeenFiles } from './seen-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'uccert-seen-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

function folderOf(name: string, files: readonly string[]): string {
  for (const file of files) {
    const path = join(folder, name, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, '');
  }
  return join(folder, name);
}

const before = [
  'screenshots/uccx1-8445-finesse-desktop-agent-pc-managed.png',
  'traces/uccx1-8445-finesse-desktop-agent-pc-managed.zip',
  'traces/uccx1-8445-finesse-desktop-agent-pc-managed-console.txt',
  'allure-results/4644669b-ec1b-4a64-ba8d-0528861475c4-result.json',
  'allure-results/7798fbdb-c998-4c39-910a-8994cb87edab-attachment.zip',
];
const ofOthers = ['notes.txt', 'screenshots/mine.png', 'traces/notes.txt', 'allure-results/history/history.json'];
const now = [
  'screenshots/uccx2-8445-finesse-sign-in-pc-managed.png',
  'allure-results/bcc33da9-c591-4978-9a03-b06e9c8211c9-result.json',
];

function filesIn(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(path.length + 1))
    .sort();
}

test('what an earlier run showed goes, and what others put there stays', () => {
  const out = folderOf('out', [...before, ...ofOthers]);
  putSeenFiles(folderOf('seen', now), out);
  expect(filesIn(out)).toEqual([...ofOthers, ...now].sort());
});

test('a run that opened no page leaves no pictures of another', () => {
  const out = folderOf('again', [...before, ...ofOthers]);
  putSeenFiles(join(folder, 'nothing'), out);
  expect(filesIn(out)).toEqual([...ofOthers].sort());
});

test('a folder that is given to itself keeps all it has', () => {
  const out = folderOf('itself', [...before, ...ofOthers]);
  putSeenFiles(join(out, '..', 'itself'), out);
  expect(filesIn(out)).toEqual([...before, ...ofOthers].sort());
});
