// A tanh net of L layers and the gradients of its loss by all weights: time, and characters of all answers with their names.
import { median } from './measure.mjs';

export function net(layers, named) {
  const numbers = Array.from({ length: layers }, (_, n) => n + 1);
  const declared = numbers.map((l) => `W_${l} in R^(n x n); b_${l} in R^n`);
  const layer = (inner, l) => `tanh(W_${l}*${inner} + b_${l})`;
  const defined = named ? numbers.map((l) => `h_${l} = ${layer(l === 1 ? 'x' : `h_${l - 1}`, l)}`) : [];
  const output = named ? `h_${layers}` : numbers.reduce(layer, 'x');
  return ['x, t in R^n', ...declared, ...defined, `f = norm2(${output} - t)^2`].join('\n');
}

function measure(parse, layers, named) {
  const text = net(layers, named);
  const weights = Array.from({ length: layers }, (_, n) => `W_${n + 1}`);
  const start = performance.now();
  const program = parse(text);
  if (!program.ok) throw new Error(program.problem.message);
  const answers = program.value.grad('f', weights);
  if (!answers.ok) throw new Error(answers.problem.message);
  const written = [
    ...answers.value.map((answer) => answer.text),
    ...answers.value[0].where.map(({ name, text }) => `${name} = ${text}`),
  ];
  return { milliseconds: performance.now() - start, characters: written.join('\n').length };
}

export function growthTable(parse, most, named) {
  measure(parse, 8, named);
  const rows = [
    `${'layers'.padStart(6)} ${'ms'.padStart(9)} ${'ms/layer'.padStart(9)} ${'characters'.padStart(11)} ${'per layer'.padStart(9)}`,
  ];
  for (let layers = 1; layers <= most; layers *= 2) {
    const runs = Array.from({ length: 3 }, () => measure(parse, layers, named));
    const time = median(runs.map(({ milliseconds }) => milliseconds));
    const { characters } = runs[0];
    rows.push(
      `${String(layers).padStart(6)} ${time.toFixed(1).padStart(9)} ${(time / layers).toFixed(2).padStart(9)} ${String(characters).padStart(11)} ${(characters / layers).toFixed(0).padStart(9)}`,
    );
  }
  return rows.join('\n');
}
