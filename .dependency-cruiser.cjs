const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

/** Modules from the ground up. A module may use the doors of lower levels only. */
const levels = [
  ['org'],
  ['catalog', 'parties', 'connections'],
  ['finance'],
  ['inventory'],
  ['sales', 'purchasing', 'production', 'service', 'crm'],
  ['accounting'],
]
const inModules = (names) => `^server/modules/(${names.join('|')})/`

const contracts = '^server/(contract/|.+/contract\\.ts$|.+\\.document\\.ts$)'
const facts = '/facts\\.ts$'
const unit = '^server/(modules|engines)/([^/]+)/'
const models = '^server/(modules|engines)/([^/]+)/[^/]+\\.model\\.ts$'
const tests = '\\.test\\.ts$|^bot/.+/test-[^/]+\\.ts$|^server/test/|^test/'

module.exports = {
  forbidden: [
    forbid('no-cycles', 'Split the file, or move the shared part down.', {}, { circular: true }),
    forbid('no-dead-ends', 'What is imported must be there.', {}, { couldNotResolve: true, pathNot: '\\?(url|raw)$' }),

    // The browser
    forbid(
      'miniapp-sees-contracts-only',
      'The browser reaches contracts and nothing else of ours.',
      { path: '^miniapp/' },
      { path: '^(server|bot|prisma|scripts)/', pathNot: contracts, reachable: true },
    ),
    forbid(
      'contracts-are-browser-safe',
      'A contract imports zod, decimal.js and other contracts.',
      { path: contracts, pathNot: tests },
      { pathNot: `${contracts}|^node_modules/(zod|decimal\\.js)/` },
    ),

    // Downwards only: http, bot -> modules -> engines -> kernel -> contract
    forbid(
      'kernel-knows-no-business',
      'The kernel is below everything.',
      { path: '^server/kernel/' },
      { path: '^(server/(engines|modules|http|proof)|bot|miniapp)/' },
    ),
    forbid(
      'engines-know-no-business',
      'An engine sees descriptors, never a module.',
      { path: '^server/engines/' },
      { path: '^(server/(modules|http|proof)|bot|miniapp)/' },
    ),
    forbid(
      'modules-know-no-transport',
      'HTTP and chat call modules, never the reverse.',
      { path: '^server/modules/' },
      { path: '^(server/(http|proof)|bot|miniapp)/|^node_modules/(koa|@koa)/' },
    ),
    ...levels
      .slice(0, -1)
      .map((level, i) =>
        forbid(
          'lower-levels-only',
          'Call downwards; upwards, publish a fact.',
          { path: inModules(level) },
          { path: inModules(levels.slice(i + 1).flat()), pathNot: facts },
        ),
      ),
    ...levels
      .filter((level) => level.length > 1)
      .flatMap((level) =>
        level.map((name) =>
          forbid(
            'neighbours-do-not-meet',
            'Modules of one level do not know each other.',
            { path: inModules([name]) },
            { path: inModules(level.filter((other) => other !== name)), pathNot: facts },
          ),
        ),
      ),

    // Doors
    forbid(
      'meet-at-the-door',
      'Enter another module or engine by its index.ts, contract.ts or facts.ts.',
      { path: unit },
      { path: unit, pathNot: '^server/$1/$2/|/(index|contract|facts)\\.ts$' },
    ),
    forbid(
      'callers-use-doors',
      'http, bot and scripts enter by the same three files.',
      { path: '^(server/(http|proof)|bot|scripts)/', pathNot: '\\.test\\.ts$' },
      { path: unit, pathNot: '/(index|contract|facts)\\.ts$' },
    ),
    forbid(
      'facts-are-plain',
      'Anyone may hear a fact, so facts.ts holds types and nothing else.',
      { path: facts },
      { pathNot: `${contracts}|^server/kernel/events\\.ts$` },
    ),
    forbid(
      'nothing-imports-the-top',
      'http, bot and scripts are imported by nobody below.',
      { path: '^server/(contract|kernel|engines|modules)/' },
      { path: '^(server/(http|proof)|bot|scripts)/' },
    ),

    // Purity
    forbid(
      'the-database-is-behind-stores',
      'Only the kernel and a *-store.ts touch tables; others may name the Tx type.',
      { path: '^(server|bot)/', pathNot: `^server/kernel/|-store\\.ts$|${tests}` },
      { path: '^server/kernel/(db\\.ts|prisma/)', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'models-are-pure',
      'A model holds rules: it imports contracts and other models, nothing else.',
      { path: models },
      { pathNot: `${contracts}|\\.model\\.ts$|^node_modules/decimal\\.js/` },
    ),
    forbid(
      'actions-stay-inside',
      'An action never calls the network; an errand does, after the commit.',
      { path: unit, pathNot: tests },
      { path: '^(node:)?(https?|net|tls|dgram)$', dependencyTypes: ['core'] },
    ),

    // The simulated platforms stand outside, as the real ones do
    forbid(
      'product-knows-no-simulator',
      'The product meets the simulator over the network, as it would meet a platform.',
      { path: '^(server|bot|miniapp)/', pathNot: tests },
      { path: '^simulator/' },
    ),
    forbid(
      'simulator-knows-no-product',
      'What checks the product must not share its mistakes.',
      { path: '^simulator/' },
      { path: '^(server|bot|miniapp|scripts|prisma)/' },
    ),

    forbid('nothing-imports-tests', 'Tests and their harness are for tests.', { pathNot: tests }, { path: tests }),
  ],
  options: {
    doNotFollow: { path: '^(node_modules|server/kernel/prisma)/' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
}
