// A blog's notebook: tfjs sequential with callbacks, evaluate, history.
// %%
import * as tf from '@tensorflow/tfjs';
// %%
const N = 120;
const xsRaw = Array.from({ length: N }, () => [Math.random() * 2 - 1, Math.random() * 2 - 1]);
const ysRaw = xsRaw.map(([a, b]) => (a * b > 0 ? 1 : 0));
const xTrain = tf.tensor2d(xsRaw.slice(0, 90)), yTrain = tf.tensor1d(ysRaw.slice(0, 90));
const xTest = tf.tensor2d(xsRaw.slice(90)), yTest = tf.tensor1d(ysRaw.slice(90));
// %%
const model = tf.sequential();
model.add(tf.layers.dense({ units: 12, activation: 'relu', inputShape: [2] }));
model.add(tf.layers.dense({ units: 1, activation: 'sigmoid' }));
model.compile({ optimizer: tf.train.adam(0.05), loss: 'binaryCrossentropy', metrics: ['accuracy'] });
// %%
const history = await model.fit(xTrain, yTrain, {
  epochs: 6,
  batchSize: 15,
  validationSplit: 0.2,
  verbose: 0,
  callbacks: {
    onEpochEnd: (epoch, logs) => console.log(`Epoch ${epoch + 1}: loss = ${logs?.loss.toFixed(4)}, val_acc = ${logs?.val_acc.toFixed(4)}`)
  }
});
// %%
const [testLoss, testAcc] = model.evaluate(xTest, yTest) as tf.Scalar[];
console.log('Test loss:', testLoss.dataSync()[0], 'Test accuracy:', testAcc.dataSync()[0]);
