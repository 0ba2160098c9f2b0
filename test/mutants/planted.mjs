/**
 * Mistakes in guards that were made, or nearly made: each is planted by `npm run mutants -- --planted`, and a test must fail.
 * `find` stands once in the file. Where the code has changed so that it does not, the mutant is to be planted anew.
 */
export const planted = [
  {
    says: 'logdet(c*A) without |c|',
    file: 'rules/identities.ts',
    find: "to: 'n*log(abs(c)) + logdet(A)'",
    put: "to: 'n*log(c) + logdet(A)'",
  },
  {
    says: 'det(c*A) is c*det(A)',
    file: 'rules/identities.ts',
    find: "to: 'c^n*det(A)'",
    put: "to: 'c*det(A)'",
  },
  {
    says: 'inv(A*B) is inv(A)*inv(B)',
    file: 'rules/identities.ts',
    find: "to: 'inv(B)*inv(A)'",
    put: "to: 'inv(A)*inv(B)'",
  },
  {
    says: 'log(abs(a*d - b*c)) of a 2 x 2 matrix without abs',
    file: 'rules/identities.ts',
    find: "to: 'log(abs(a*d - b*c))'",
    put: "to: 'log(a*d - b*c)'",
  },
];
