/**
 * Of what takes its time (differences, answers in every order) `npm test` tries one problem in so many: it has two minutes.
 * TESTS=all tries every one, as .ci/run does.
 */
export function* sampled<Item>(items: Iterable<Item>, one: number): Generator<Item> {
  let n = 0;
  for (const item of items) if (n++ % one === 0 || process.env['TESTS'] === 'all') yield item;
}
