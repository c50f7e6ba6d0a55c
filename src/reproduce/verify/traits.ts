/**
 * What the source of a cell lets one expect: whether it looks at a clock, the network, threads.
 */

const CLOCK =
  /\btime\s*\(\)|perf_counter|monotonic|process_time|datetime\b.*\b(?:now|today)|\b(?:now|utcnow|today)\s*\(|strftime|time_ns|\bperformance\.now|\bDate\.now|\bnew Date\(\)|\bhrtime\b|(?:^|=)\s*%%?time(?:it)?\b/m;
const NETWORK =
  /\brequests\s*\.|\burllib\b|\bhttpx?\b|https?:\/\/|\bsocket\b|fetch_\w+\(|load_dataset\(|\bboto3\b|from_pretrained\(|\bfetch\(/;
const THREADS =
  /n_jobs|\bThread(?:Pool)?|ProcessPool|multiprocessing|joblib|concurrent\.futures|num_workers|num_threads|\.result\(\)|\bnew Worker\(|\bfork\(/;
const SYSTEM =
  /\buuid\d?\b|urandom|\bsecrets\b|SystemRandom|getpid|\bid\s*\(|\bRandom\(\)|tempfile|mkdtemp|process\.pid/;
const CRYPTO =
  /\b(?:randomBytes|randomUUID|getRandomValues|randomInt|randomFill(?:Sync)?|generateKey(?:Pair)?(?:Sync)?|generatePrime(?:Sync)?)\b/;
const ORDER = /\bset\s*\(|\{[^:{}]*\bfor\b[^:{}]*\}|\bhash\s*\(|frozenset/;
const LISTING = /listdir|\bglob\b|scandir|iterdir|os\.walk|readdir/;
const FIGURES = /savefig\(\s*[rf]?["'][^"']*\.(?:svg|pdf|ps|eps)/;
const DATED = /\.(?:zip|gz|tgz|tar|tbz2?|txz|xlsx|ods|docx|pptx|h5|hdf5?|keras)$/i;
const ENVIRONMENT =
  /environ|getenv|\bsys\.argv\b|parse_known_args|getuser|gethostname|platform\.|process\.env\b|hostname\(\)/;
const INPUT = /\b(?:input|getpass|raw_input)\s*\(/;

/** What scikit-learn measures while it searches and validates. */
const TIMINGS =
  /SearchCV\b|TimeitResult|cross_validate\s*\(|cv_results_|refit_time_|(?:fit|score)_time/;

const PROGRAMS =
  /\bsubprocess\b|\bos\s*\.\s*(?:system|spawn\w+|posix_spawnp?)\b|\bPopen\b|\bcheck_call\b/;
const MEMORY =
  /(?:\bgc\s*\.\s*(?:collect|get_count|get_stats)|\bmemory_info|\bmemory_usage|getrusage|getsizeof|getrefcount|empty_cache|tracemalloc)\b/;

/** Whether a text, a source or the name of a type, is of something that holds how long things took. */
export function holdsTimings(text: string): boolean {
  return TIMINGS.test(text);
}

/** Whether a cell shows what the memory of the process is like, as `gc.collect()` does in its last line. */
export function tellsMemory(source: string): boolean {
  return MEMORY.test(source);
}

/** Whether a cell copies the environment as a whole, as for a program: a replay has one of its own. */
export function copiesEnvironment(source: string): boolean {
  return /\*\*\s*os\.environ\b|\bos\.environ\.copy\(|\bdict\(\s*os\.environ\b/.test(source);
}

/** Whether a cell starts programs that may print without Python: in a replay nobody hears that. */
export function startsPrograms(source: string): boolean {
  return PROGRAMS.test(source);
}

/** Whether a cell asks whoever sits before it for input. */
export function asksInput(source: string): boolean {
  return INPUT.test(source);
}

/** Whether a cell has magics, shell lines or questions, as IPython knows them. */
export function hasMagics(source: string): boolean {
  return /^\s*(?:[%!?]|\w+(?:\s*,\s*\w+)*\s*=\s*[%!])|\?\s*$/m.test(source);
}

/** Whether a cell looks at a clock. */
export function readsClock(source: string): boolean {
  return CLOCK.test(source);
}

/** Whether a cell asks the network. */
export function asksNetwork(source: string): boolean {
  return NETWORK.test(source);
}

/** Whether what a cell does is spread over threads or processes. */
export function usesThreads(source: string): boolean {
  return THREADS.test(source);
}

/** Whether a cell takes something from the system that is another each time. */
export function asksSystem(source: string): boolean {
  return SYSTEM.test(source) || CRYPTO.test(source);
}

/** Whether a cell draws from `crypto` of Node or of the web. */
export function drawsFromCrypto(source: string): boolean {
  return CRYPTO.test(source);
}

/** Whether a cell may depend on the order of a set, and so on the hash seed. */
export function usesOrder(source: string): boolean {
  return ORDER.test(source);
}

/** Whether a cell depends on the order in which a folder is listed. */
export function listsFolder(source: string): boolean {
  return LISTING.test(source);
}

/** Whether a cell asks for environment variables, or for the machine it is on. */
export function readsEnvironment(source: string): boolean {
  return ENVIRONMENT.test(source);
}

/** Whether a cell saves figures in a form that has random ids, or the date, in it. */
export function savesVectors(source: string): boolean {
  return FIGURES.test(source);
}

/** What a cell gives random numbers as their seeds, as it is written. */
export function seedOf(source: string): string {
  const seeds = source.matchAll(
    /(?:\w*seed\w*|default_rng|RandomState|\bRandom)\s*\((.*)|random_state\s*=(.*)/g
  );
  return [...seeds].map(([, argument, state]) => argument ?? state).join('\n');
}

/** Whether files of that name have the time in them at which they, or their parts, were written. */
export function holdsDates(path: string): boolean {
  return DATED.test(path);
}
