// JavaScript: a genetic algorithm towards a phrase; progress written over itself.
// %%
const TARGET = 'to be or not to be';
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz ';
const populationSize = 100;
const mutationRate = 0.02;
const maxGenerations = 60;
// %%
const randomChar = () => ALPHABET[Math.floor(Math.random() * ALPHABET.length)];
const randomPhrase = () => Array.from(TARGET, randomChar).join('');
const fitness = phrase => [...phrase].filter((c, i) => c === TARGET[i]).length / TARGET.length;
function select(population, scores) {
  const total = scores.reduce((a, b) => a + b, 0);
  let r = Math.random() * total;
  for (let i = 0; i < population.length; i++) { r -= scores[i]; if (r <= 0) return population[i]; }
  return population[population.length - 1];
}
const crossover = (a, b) => { const cut = Math.floor(Math.random() * a.length); return a.slice(0, cut) + b.slice(cut); };
const mutate = phrase => Array.from(phrase, c => Math.random() < mutationRate ? randomChar() : c).join('');
// %%
let population = Array.from({ length: populationSize }, randomPhrase);
let generation = 0;
let best = population[0];
while (generation < maxGenerations && fitness(best) < 1) {
  const scores = population.map(p => fitness(p) ** 3 + 1e-6);
  population = population.map(() => mutate(crossover(select(population, scores), select(population, scores))));
  best = population.reduce((a, b) => (fitness(b) > fitness(a) ? b : a));
  generation++;
  process.stdout.write(`\rGeneration ${generation}: best fitness ${fitness(best).toFixed(3)} "${best}"`);
}
process.stdout.write('\n');
// %%
console.log(`Finished after ${generation} generations with fitness ${fitness(best)}`);
