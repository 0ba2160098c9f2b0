#!/usr/bin/env node
import { createInterface } from 'node:readline';
import { answerLine } from './batch.ts';

if (process.argv[2] === 'batch') {
  for await (const line of createInterface({ input: process.stdin })) if (line.trim() !== '') process.stdout.write(`${JSON.stringify(answerLine(line))}\n`);
}
