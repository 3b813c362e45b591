// For what reads TypeScript only, as the linter does; vue-tsc looks into the files themselves.
declare module '*.vue' {
  // oxlint-disable-next-line typescript/no-explicit-any -- what a component takes stands in its own file
  const component: any
  export default component
}
