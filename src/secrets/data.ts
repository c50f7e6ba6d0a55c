/**
 * What stands in `backtrail/secrets/rules.json`, which is the place to change it: `node scripts/secrets.mjs`
 * writes this file.
 */
export const data = {
  about:
    'What is withheld from run logs: docs/secrets.md. Patterns are regular expressions that Python and JavaScript read alike; what group 1 matches is withheld, or all of the match where there is no group. A pattern is tried only on texts that contain one of its words, so none of them is slow on ordinary text. Every repetition is bounded, or begins where its own characters cannot stand before it, so that each takes linear time.',
  shapes: [
    { kind: 'AWS key', words: ['AKIA', 'ASIA'], pattern: '\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b' },
    {
      kind: 'GitHub token',
      words: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'],
      pattern: '\\bgh[pousr]_[A-Za-z0-9]{30,255}'
    },
    { kind: 'GitHub token', words: ['github_pat_'], pattern: '\\bgithub_pat_[A-Za-z0-9_]{22,255}' },
    {
      kind: 'GitLab token',
      words: ['glpat-', 'gldt-', 'glrt-', 'glptt-'],
      pattern: '\\bgl(?:pat|dt|rt|ptt)-[A-Za-z0-9_.-]{20,255}'
    },
    {
      kind: 'Slack token',
      words: ['xox', 'xapp-'],
      pattern: '\\b(?:xox[abeprs]|xapp|xoxe\\.xox[bp])-[A-Za-z0-9-]{10,255}'
    },
    {
      kind: 'Slack webhook',
      words: ['hooks.slack.com'],
      pattern: 'hooks\\.slack\\.com/(?:services|workflows|triggers)/([A-Za-z0-9/]{20,255})'
    },
    {
      kind: 'Hugging Face token',
      words: ['hf_', 'api_org_'],
      pattern: '\\b(?:hf|api_org)_(?=[A-Za-z]{0,250}[A-Z0-9])[A-Za-z0-9]{30,255}\\b'
    },
    {
      kind: 'sk- key',
      words: ['sk-'],
      pattern: '(?<![A-Za-z0-9_-])sk-(?=[A-Za-z_-]{0,100}[0-9])[A-Za-z0-9_-]{20,255}'
    },
    {
      kind: 'Google API key',
      words: ['AIza'],
      pattern: '\\bAIza[0-9A-Za-z_-]{35}(?![0-9A-Za-z_-])'
    },
    {
      kind: 'Google OAuth secret',
      words: ['GOCSPX-', 'ya29.'],
      pattern: '\\b(?:GOCSPX-[A-Za-z0-9_-]{20,64}|ya29\\.[A-Za-z0-9_-]{20,1024})'
    },
    {
      kind: 'JSON web token',
      words: ['eyJ'],
      pattern:
        '(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,4096}\\.eyJ[A-Za-z0-9_-]{8,8192}(?:\\.[A-Za-z0-9_-]{0,2048})?'
    },
    {
      kind: 'private key',
      words: ['PRIVATE KEY'],
      pattern:
        '-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----([^-]*(?:-(?!----)[^-]*)*)-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----'
    },
    { kind: 'npm token', words: ['npm_'], pattern: '\\bnpm_[A-Za-z0-9]{36}\\b' },
    {
      kind: 'npm token',
      words: ['_auth'],
      pattern: '(?:^|[\\s:])_(?:authToken|auth)\\s{0,3}=\\s{0,3}([^\\s"\'$]{4,1024})'
    },
    { kind: 'PyPI token', words: ['pypi-'], pattern: '\\bpypi-[A-Za-z0-9_-]{50,1024}' },
    {
      kind: 'Stripe key',
      words: ['k_live_', 'k_test_', 'whsec_'],
      pattern: '\\b(?:[sr]k_(?:live|test)|whsec)_[A-Za-z0-9]{16,255}'
    },
    {
      kind: 'SendGrid key',
      words: ['SG.'],
      pattern: '\\bSG\\.[A-Za-z0-9_-]{16,64}\\.[A-Za-z0-9_-]{16,128}'
    },
    { kind: 'Databricks token', words: ['dapi'], pattern: '\\bdapi[0-9a-f]{32}(?:-[0-9])?\\b' },
    { kind: 'W&B key', words: ['_v1_'], pattern: '\\bwandb_v1_[A-Za-z0-9_]{20,255}' },
    { kind: 'Replicate token', words: ['r8_'], pattern: '\\br8_[A-Za-z0-9]{30,64}\\b' },
    { kind: 'Groq key', words: ['gsk_'], pattern: '\\bgsk_[A-Za-z0-9]{40,128}\\b' },
    { kind: 'DigitalOcean token', words: ['_v1_'], pattern: '\\bdo[opr]_v1_[a-f0-9]{64}\\b' },
    {
      kind: 'Azure key',
      words: ['AccountKey', 'SharedAccessKey'],
      pattern: '\\b(?:AccountKey|SharedAccessKey)\\s{0,3}=\\s{0,3}([A-Za-z0-9+/]{16,256}={0,2})'
    },
    {
      kind: 'password',
      words: ['://'],
      pattern: '://[^\\s/:@"\'<>?#]{0,128}:([^\\s/@"\'<>]{1,256})@'
    },
    { kind: 'token', words: ['://'], pattern: '://([A-Za-z0-9_-]{20,256})@' },
    {
      kind: 'signature',
      words: ['X-Amz-', 'X-Goog-', 'sig=', 'Signature='],
      pattern:
        '[?&](?:X-(?:Amz|Goog)-(?:Signature|Credential|Security-Token)|Signature|sig)=([^\\s&"\'#<>\\\\]{8,4096})'
    },
    {
      kind: 'token',
      words: ['earer '],
      pattern: '\\b[Bb]earer {1,4}((?=[A-Za-z_.~+/-]{0,200}[0-9=])[A-Za-z0-9+/_=.~-]{12,4096})'
    },
    {
      kind: 'password',
      words: ['uthorization'],
      pattern:
        '[Aa]uthorization["\'\\\\]{0,2}\\s{0,3}[:=,]\\s{0,3}["\'\\\\]{0,2}(?:[Bb]asic|[Tt]oken|[Dd]igest)\\s{1,4}([A-Za-z0-9+/_.-]{4,1024}={0,2})'
    },
    {
      kind: 'password',
      words: ['Auth(', 'auth=', 'auth ='],
      pattern:
        '(?:\\bauth\\s{0,4}=\\s{0,4}|Auth)\\(\\s{0,8}[^\\s()"\']{0,4}["\'][^"\'\\n]{0,128}["\']\\s{0,8},\\s{0,8}(?:password\\s{0,3}=\\s{0,3})?["\']([^"\'\\n]{1,256})["\']'
    },
    {
      kind: 'password',
      words: ['curl ', 'wget '],
      pattern: '\\s(?:-u|--user)[ =]{1,3}["\']?[^\\s:"\'$]{1,128}:([^\\s"\']{1,256})'
    },
    {
      kind: 'token',
      words: ['login('],
      pattern:
        '\\blogin\\([^()\\n]{0,200}\\b(?:key|token)\\s{0,4}=\\s{0,4}["\']([^"\'\\n]{6,512})["\']'
    },
    {
      kind: 'token',
      words: ['login('],
      pattern: '\\blogin\\(\\s{0,8}["\']([A-Za-z0-9_.-]{20,512})["\']'
    },
    {
      kind: 'token',
      words: ['add_argument('],
      pattern:
        'add_argument\\([^()\\n]{0,200}(?:password|passwd|secret|api[-_]?key|access[-_]?key|(?:access|auth|api|hf|hub)[-_]token)["\'][^()\\n]{0,200}\\bdefault\\s{0,3}=\\s{0,3}["\']([^"\'\\n]{1,512})["\']'
    }
  ],
  names: {
    about:
      'A name is split into its words, in lower case; the words of `after` are dropped from its end. It is the name of a secret when its last words are one of `sure`, or of `likely`: what is likely is withheld only when it looks like a key. After a word of `harmless`, `token` is a piece of text.',
    sure: {
      password: ['password', 'passwords', 'passwd', 'passphrase', 'passcode'],
      secret: ['secret', 'secrets', 'client secret', 'secret key', 'secretkey', 'app secret'],
      key: [
        'api key',
        'apikey',
        'api keys',
        'access key',
        'accesskey',
        'secret access key',
        'private key',
        'privatekey',
        'encryption key',
        'signing key',
        'account key',
        'auth key',
        'subscription key',
        'master key'
      ],
      token: [
        'access token',
        'auth token',
        'authtoken',
        'api token',
        'apitoken',
        'bearer token',
        'refresh token',
        'secret token',
        'hf token',
        'hub token',
        'github token',
        'gh token',
        'gitlab token',
        'slack token',
        'bot token',
        'oauth token',
        'security token',
        'personal token',
        'session token',
        'jwt token',
        'wandb token'
      ],
      credential: ['credential', 'credentials', 'authorization']
    },
    likely: { password: ['pwd'], token: ['token', 'jwt'], credential: ['auth', 'sas'] },
    harmless: [
      'pad',
      'eos',
      'bos',
      'sos',
      'unk',
      'unknown',
      'oov',
      'cls',
      'sep',
      'mask',
      'start',
      'end',
      'stop',
      'special',
      'first',
      'last',
      'next',
      'prev',
      'previous',
      'image',
      'img',
      'audio',
      'video',
      'think',
      'thinking',
      'begin',
      'blank',
      'separator',
      'new',
      'prompt',
      'system',
      'decoder',
      'sentinel',
      'boundary',
      'class',
      'text',
      'word',
      'sub',
      'eot',
      'eod',
      'bot_start',
      'tool',
      'empty',
      'null',
      'target',
      'source',
      'max',
      'min',
      'num',
      'per',
      'input',
      'output',
      'placeholder',
      'continuation',
      'current',
      'extra',
      'added',
      'label',
      'key'
    ],
    after: [
      'prod',
      'production',
      'dev',
      'test',
      'staging',
      'live',
      'value',
      'str',
      'string',
      'text',
      'default',
      'b64',
      'base64',
      'override',
      'plain',
      'raw'
    ],
    words: [
      'password',
      'passwd',
      'passphrase',
      'passcode',
      'pwd',
      'secret',
      'token',
      'credential',
      'authorization',
      'auth',
      'key',
      'jwt',
      'sas'
    ]
  },
  harmless: {
    about: 'Values that stand for a secret and are none, whatever their name.',
    patterns: [
      '^\\s*$',
      '^\\[withheld:(?: [^\\[\\]]*\\])?\\s*$',
      '^<[^<>]*>$',
      '^\\[[A-Z_0-9]*\\]$',
      '^(?:[Bb]earer |[Bb]asic |[Tt]oken )?(?:\\$?\\{[^{}]*\\}|\\{\\{[^{}]*\\}\\}|\\$\\(?[A-Za-z_][A-Za-z0-9_]*\\)?|%\\([A-Za-z_0-9]*\\)s|%s|<[^<>]*>)?\\s*$',
      '^[*xX\u2022.:_#-]*$',
      '^(?:[Nn]one|NONE|[Nn]ull|NULL|nil|[Tt]rue|TRUE|[Ff]alse|FALSE|yes|no|undefined|optional|required|auto|string|str|bytes|int)$',
      '^(?:[Yy]our|YOUR|[Mm]y|MY|[Ii]nsert|INSERT|[Rr]eplace|REPLACE|[Ee]nter|ENTER)[-_ ][A-Za-z_ -]*$',
      '^[A-Za-z0-9_~./:\\\\-]*\\.(?:json|pem|key|txt|ya?ml|toml|env|ini|cfg|crt|cer|p12|pfx|pub|py)$',
      '^(?=\\S*\\s)[^:?]*[:?]\\s*$'
    ]
  },
  entropy: {
    about:
      'A word of at least `shortest` and at most `longest` characters that is made up of upper and lower case and digits, as random keys are: with `bits` of entropy a character, changing between those three at least `changes` times a character, and with at most `letters` of it in runs of lower case. Not after one of `before`, which stand in front of hashes, ids and data.',
    shortest: 28,
    longest: 256,
    bits: 4.0,
    changes: 0.35,
    letters: 0.35,
    before:
      '(?:[Ii]d|ID|[Ii]ds|IDS|hash|HASH|digest|sha[0-9]*|SHA[0-9]*|md5|MD5|checksum|etag|commit|revision|fingerprint|integrity|uuid|path|file|image|png|jpeg|svg|base64|data|src|href|url|URL)["\'\\]]{0,2}\\s{0,3}[:=,]?\\s{0,3}\\\\?["\']?$'
  }
};
