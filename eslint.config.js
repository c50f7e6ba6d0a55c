import eslint from '@eslint/js';
import jupyter from '@jupyter/eslint-plugin';
import prettier from 'eslint-config-prettier';
import { defineConfig } from 'eslint/config';
import typescript from 'typescript-eslint';
import { hostNames, layers, layersRule } from './scripts/lint/layers.mjs';

const portable = Object.entries(layers)
  .filter(([, layer]) => layer.portable)
  .map(([folder]) => `src/${folder}/**/*.ts`);

export default defineConfig(
  {
    ignores: [
      ...[
        'lib',
        'dist',
        'backtrail',
        '.venv',
        '.adapters-venv',
        '.cache',
        'test-results',
        'playwright-report'
      ],
      ...[
        'bench/.env',
        'examples',
        'test/vectors',
        'test/corpus/typescript',
        'src/runlog/filter/grammar.ts',
        '.hypothesis',
        '**/.ipynb_checkpoints'
      ]
    ]
  },
  eslint.configs.recommended,
  { plugins: { jupyter } },
  jupyter.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [typescript.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.test.json' } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // An index may be out of bounds, which these two rules do not know.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // Options of a widget or a model live in a namespace of its name, as everywhere in Jupyter.
      '@typescript-eslint/no-namespace': 'off'
    }
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      globals: { console: 'readonly', process: 'readonly', fetch: 'readonly', URL: 'readonly' }
    },
    rules: {
      'no-undef': 'off',
      'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }]
    }
  },
  {
    files: ['src/**/*.ts', 'src/**/*.tsx'],
    plugins: { backtrail: { rules: { layers: layersRule } } },
    rules: {
      'backtrail/layers': 'error',
      'no-console': 'error',
      eqeqeq: 'error',
      // What the start of JupyterLab fetches is weighed by test/e2e/start.spec.ts instead.
      'jupyter/prefer-lazy-imports': 'off'
    }
  },
  { files: ['src/cli/**/*.ts', 'src/tslab/replay/*.ts'], rules: { 'no-console': 'off' } },
  { files: portable, rules: { 'no-restricted-globals': ['error', ...hostNames] } },
  {
    // What a test reads from JSON is checked by its assertions, not by its type.
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off'
    }
  },
  prettier
);
