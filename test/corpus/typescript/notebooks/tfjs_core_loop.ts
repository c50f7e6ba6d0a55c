// A course notebook: tfjs core, variables, optimizer.minimize, polynomial fit.
// %%
import * as tf from '@tensorflow/tfjs';
const xs = tf.tensor1d(Array.from({ length: 60 }, (_, i) => i / 30 - 1));
const ys = tf.tidy(() => xs.square().mul(2).add(xs.mul(-0.5)).add(tf.randomNormal([60], 0, 0.05)));
// %%
const a = tf.variable(tf.scalar(Math.random()));
const b = tf.variable(tf.scalar(Math.random()));
const c = tf.variable(tf.scalar(Math.random()));
const predict = (x: tf.Tensor1D): tf.Tensor1D => tf.tidy(() => a.mul(x.square()).add(b.mul(x)).add(c) as tf.Tensor1D);
const loss = (p: tf.Tensor1D, y: tf.Tensor1D): tf.Scalar => p.sub(y).square().mean();
// %%
const learningRate = 0.3;
const optimizer = tf.train.sgd(learningRate);
const numIterations = 50;
const losses: number[] = [];
for (let iter = 0; iter < numIterations; iter++) {
  const cost = optimizer.minimize(() => loss(predict(xs), ys as tf.Tensor1D), true)!;
  losses.push(cost.dataSync()[0]);
  if (iter % 10 === 0) console.log('iter', iter, 'loss', losses[iter].toFixed(5));
  cost.dispose();
  await tf.nextFrame();
}
// %%
console.log('a=%s b=%s c=%s', a.dataSync()[0].toFixed(3), b.dataSync()[0].toFixed(3), c.dataSync()[0].toFixed(3));
loss(predict(xs), ys as tf.Tensor1D).dataSync()[0]
