/** One spelling for everything that can be typed in several: Greek letters, subscripts, superscripts, operators. */

const letters = (pairs: string): ReadonlyMap<string, string> =>
  new Map(pairs.split(' ').map((pair) => [pair.slice(0, pair.indexOf(':')), pair.slice(pair.indexOf(':') + 1)]));

const greek = letters(
  'α:alpha β:beta γ:gamma δ:delta ε:epsilon ϵ:epsilon ζ:zeta η:eta θ:theta ϑ:theta ι:iota κ:kappa λ:lambda μ:mu µ:mu ν:nu ' +
    'ξ:xi ο:omicron π:pi ρ:rho ϱ:rho σ:sigma ς:sigma τ:tau υ:upsilon φ:phi ϕ:phi χ:chi ψ:psi ω:omega ' +
    'Α:Alpha Β:Beta Γ:Gamma Δ:Delta ∆:Delta Ε:Epsilon Ζ:Zeta Η:Eta Θ:Theta Ι:Iota Κ:Kappa Λ:Lambda Μ:Mu Ν:Nu Ξ:Xi ' +
    'Ο:Omicron Π:Pi Ρ:Rho Σ:Sigma Τ:Tau Υ:Upsilon Φ:Phi Χ:Chi Ψ:Psi Ω:Omega ∑:sum',
);
const lowered = letters(
  '₀:0 ₁:1 ₂:2 ₃:3 ₄:4 ₅:5 ₆:6 ₇:7 ₈:8 ₉:9 ₐ:a ₑ:e ₒ:o ₓ:x ₕ:h ₖ:k ₗ:l ₘ:m ₙ:n ₚ:p ₛ:s ₜ:t ᵢ:i ᵣ:r ᵤ:u ᵥ:v ⱼ:j',
);
const raised = letters(
  '⁻:- ⁰:0 ¹:1 ²:2 ³:3 ⁴:4 ⁵:5 ⁶:6 ⁷:7 ⁸:8 ⁹:9 ᵃ:a ᵇ:b ᶜ:c ᵈ:d ᵉ:e ᶠ:f ᵍ:g ʰ:h ⁱ:i ʲ:j ᵏ:k ˡ:l ᵐ:m ⁿ:n ᵒ:o ᵖ:p ʳ:r ˢ:s ' +
    'ᵗ:t ᵘ:u ᵛ:v ʷ:w ʸ:y ᶻ:z ᴮ:B ᴰ:D ᴷ:K ᴸ:L ᴹ:M ᴺ:N ᴾ:P ᵂ:W',
);
const operators = letters('·:* ⋅:* ∙:* ×:* ⊙:.* ∘:.* ⊘:./ ÷:/ ≥:>= ≤:<= ≠:!=');

const ascii = /^\w*$/;
const letter = /\p{L}/u;
const mark = /\p{Mn}/u;

/** τ is tau, Δx is Delta_x, x₁ is x_1; ŷ stays, and so does θ̂: a hat belongs to its letter. */
export function spellName(text: string): string {
  if (ascii.test(text)) return text;
  const characters = Array.from(text.normalize('NFC'));
  let name = '';
  characters.forEach((character, i) => {
    const next = characters[i + 1] ?? '';
    const low = lowered.get(character);
    const word = mark.test(next) ? undefined : greek.get(character);
    if (low !== undefined) name += lowered.has(characters[i - 1] ?? '') || name.endsWith('_') ? low : `_${low}`;
    else if (word !== undefined) name += letter.test(next) && !lowered.has(next) ? `${word}_` : word;
    else name += character;
  });
  return name;
}

export const spellSuperscript = (text: string): string =>
  Array.from(text, (character) => raised.get(character) ?? character).join('');

export const spellOperator = (text: string): string => operators.get(text) ?? text;

/** `Σ_{j, k}`, `sum_j` and `∑ⱼ` name their indices behind the first letters. */
export function spellIndices(text: string): string {
  const names = text.replace(/^(?:sum|[Σ∑∇])_?\{?/u, '').replace('}', '');
  return names
    .split(',')
    .map((name) => spellName(name.trim()).replace(/^_/, ''))
    .join(',');
}
