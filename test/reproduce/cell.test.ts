import { describe, expect, test } from 'vitest';
import { translateCell } from '../../src/reproduce/script/cell.js';

const python = (source: string, known?: Set<string>) =>
  translateCell(source, { nb: '_nb', known }).python.trimEnd();

describe('a magic becomes', () => {
  test.each([
    ['%matplotlib inline', '# %matplotlib inline'],
    ['%load_ext autoreload\n%autoreload 2', '# %load_ext autoreload\n# %autoreload 2'],
    ['%config X.y = 1', '# %config X.y = 1'],
    ['x?', '# x?'],
    ['?x.y', '# ?x.y'],
    ['%time f(1)', '_nb.show(_nb.timed_value(lambda: f(1)))'],
    ['%time x = f(1)', 'with _nb.timed():\n    x = f(1)'],
    ['y = %time f(1)', 'y = _nb.timed_value(lambda: f(1))'],
    ['%%time\nx = 1\nx', 'with _nb.timed():\n    x = 1\n    _nb.show(x)'],
    ['%timeit -n 10 -r3 f(x)', '_nb.timeit(r"""f(x)""", number=10, repeat=3)'],
    ['t = %timeit -o f(x)', 't = _nb.timeit(r"""f(x)""", result=True)'],
    ['%%timeit x = 1\nf(x)', '_nb.timeit(r"""f(x)""", setup="x = 1")'],
    ['%%capture out\nx\ny', 'with _nb.capture() as out:\n    x\n    y'],
    [
      '%%capture --no-stderr\n# nothing',
      'with _nb.capture(stderr=False):\n    # nothing\n    pass'
    ],
    ['%cd "my data"', '_nb.chdir("my data")'],
    ['%cd', '_nb.chdir("~")'],
    ['%cd -q ../x', '_nb.chdir("../x")'],
    ['%pwd', '_nb.show(_nb.os.getcwd())'],
    ['%env A=1 2', '_nb.os.environ["A"] = "1 2"'],
    ['%env A {b}', '_nb.os.environ["A"] = _nb.expand("{b}")'],
    ['x = %env A', 'x = _nb.os.environ["A"]'],
    ['%env', '# %env'],
    ['%run prep.py --fast', '_nb.run("prep.py --fast")'],
    ['%run -i prep', '_nb.run("prep", inside=True)'],
    ['%run "other one.ipynb"', '_nb.run_notebook("other one.ipynb")'],
    ['%pip install x', '# %pip install x'],
    ['!pip install -q x', '# !pip install -q x'],
    ['!{sys.executable} -m pip install x', '# !{sys.executable} -m pip install x'],
    ['!ls -l', '_nb.shell("ls -l")'],
    ['!wc {path} $HOME', '_nb.shell(_nb.expand("wc {path} $HOME"))'],
    ['x = !ls', 'x = _nb.lines("ls")'],
    ['!!ls', '_nb.show(_nb.lines("ls"))'],
    ['%%writefile -a a.txt\nb\n', '_nb.write("a.txt", r"""b\n""", append=True)'],
    ['%%bash -e\nls', '_nb.script("bash -e", r"""ls""")'],
    ['%%bash --out a --err b\nls', '_nb.script("bash", r"""ls""", out="a", err="b")'],
    ['%%sh --no-raise-error\nls', '_nb.script("sh", r"""ls""", check=False)'],
    ['%%html\n<b>x</b>', '# %%html\n# <b>x</b>'],
    ['%mkdir -p a', '_nb.shell("mkdir -p a")'],
    ['%prun f()', '_nb.show(f())'],
    ['%%prun\nx = 1\nx', 'x = 1\n_nb.show(x)'],
    ['%xdel x', 'del x'],
    [',f a b', '_nb.show(f("a", "b"))'],
    [';f a b', '_nb.show(f("a b"))'],
    ['/f a b', '_nb.show(f(a, b))']
  ])('%s', (source, expected) => {
    expect(python(source)).toBe(expected);
  });

  test.each([
    [`get_ipython().run_line_magic('matplotlib', 'inline')`, '# %matplotlib inline'],
    [`get_ipython().magic(u'%cd data')`, '_nb.chdir("data")'],
    [`get_ipython().system('ls -l {path}')`, '_nb.shell(_nb.expand("ls -l {path}"))'],
    [`x = get_ipython().getoutput("ls 'a b'")`, `x = _nb.lines("ls 'a b'")`],
    [
      `if a:\n    get_ipython().run_line_magic('cd', 'data')\nb = 1`,
      'if a:\n    _nb.chdir("data")\nb = 1'
    ],
    [
      `get_ipython().run_cell_magic('time', '', 'x = 1\\nx\\n')\n`,
      'with _nb.timed():\n    x = 1\n    _nb.show(x)'
    ]
  ])('what it is, spelled as a call: %s', (source, expected) => {
    expect(python(source)).toBe(expected);
  });

  test.each([
    ['text = """\nget_ipython().magic(\'cd x\')\n"""'],
    [`get_ipython().run_line_magic(name, 'x'); y = 1`],
    [`x = get_ipython().system('ls')`],
    [`if get_ipython(): a = 1`]
  ])('nothing where it is no such call: %s', source => {
    expect(python(source)).toBe(source);
  });

  test('a statement in a block, even where it does nothing', () => {
    expect(python('if x:\n    %pip install a')).toBe('if x:\n    pass\n    # %pip install a');
    expect(python('if x:\n    %time y = 1')).toBe('if x:\n    with _nb.timed():\n        y = 1');
  });

  test('what it is without its percent sign, in a cell of one line', () => {
    expect(python('cd data')).toBe('_nb.chdir("data")');
    expect(python('pip install x')).toBe('# %pip install x');
    expect(python('ls -l')).toBe('_nb.shell("ls -l")');
    expect(python('ls -l', new Set(['ls']))).toBe('_nb.show(ls -l)');
    expect(python('cd = 1')).toBe('cd = 1');
    expect(python('time')).toBe('# %time');
  });

  test('a literal whatever the text holds', () => {
    expect(python('%%writefile a\n"""\n\'\'\'\n')).toBe('_nb.write("a", "\\"\\"\\"\\n\'\'\'\\n")');
    expect(python('%%bash\nend\\')).toBe('_nb.script("bash", "end\\\\")');
    expect(python('%%bash\na "')).toBe(`_nb.script("bash", r'''a "''')`);
    expect(python('%%writefile a\na')).toBe('_nb.write("a", r"""a\n""")');
  });
});

describe('what is not known', () => {
  test('stays as a comment and is reported', () => {
    expect(translateCell('%sql select 1\nx = 2', { nb: '_nb' })).toEqual({
      python: '# %sql select 1\nx = 2',
      untranslated: ['%sql']
    });
    expect(translateCell('%%cython -a\ndef f(): pass', { nb: '_nb' })).toEqual({
      python: '# %%cython -a\n# def f(): pass',
      untranslated: ['%%cython']
    });
  });

  test('leaves None where its value was kept', () => {
    expect(translateCell('x = %sql select 1', { nb: '_nb' })).toEqual({
      python: 'x = None  # x = %sql select 1',
      untranslated: ['%sql']
    });
  });
});

describe('the last expression', () => {
  test.each([
    ['x', '_nb.show(x)'],
    ['x, *y', '_nb.show((x, *y))'],
    ['x  # why', '_nb.show(x)  # why'],
    ['x;', 'x;'],
    ['a = 1; a', 'a = 1; _nb.show(a)'],
    ['(a\n + b)\n\n# end', '_nb.show((a\n + b))\n\n# end'],
    ['x = 1', 'x = 1'],
    ['if x:\n    y', 'if x:\n    y'],
    ['print(x)', 'print(x)'],
    ['plt.show()', 'plt.show()'],
    ['"""text\n%cd"""', '_nb.show("""text\n%cd""")'],
    ['def f():\n    return 1', 'def f():\n    return 1']
  ])('%s is shown as the notebook does', (source, expected) => {
    expect(python(source)).toBe(expected);
  });

  test('is left alone where the parser is in doubt', () => {
    for (const source of ['t"{a}"', 'a[*b]', 'for i in *a, b: pass']) {
      expect(python(source)).toBe(source);
    }
  });
});

test('what IPython removes in front of a cell is removed', () => {
  expect(python('\n  \n%%time\nx = 1')).toBe('with _nb.timed():\n    x = 1');
  expect(python('  x = 1\n  y = 2')).toBe('x = 1\ny = 2');
  expect(python('>>> x = (1 +\n... 2)\n>>> y = 1')).toBe('x = (1 +\n2)\ny = 1');
  expect(python('In [1]: x = 1\n   ...: y = 2')).toBe('x = 1\ny = 2');
});

test('strings keep their lines when code is moved inwards', () => {
  expect(python('%%time\nx = """a\n  b\n"""\nif x:\n    y = 1')).toBe(
    'with _nb.timed():\n    x = """a\n  b\n"""\n    if x:\n        y = 1'
  );
});
