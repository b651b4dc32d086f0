"""scikit-learn's values for metrics.test.ts: `python3 metrics.py` writes metrics.json beside itself."""
import json
from pathlib import Path

import numpy as np
from sklearn import metrics

random = np.random.RandomState(0)
labels = random.randint(0, 3, 37)  # 37: no share lies half-way between two decimals, where Python and JavaScript differ
scores = np.round(random.randn(37, 3) + np.eye(3)[labels], 3)
predicted = scores.argmax(1)
yes = random.randint(0, 2, 30)
chances = np.round(0.25 * yes + 0.75 * random.rand(30), 1)  # one decimal: many ties
target = np.round(random.randn(20) * 3 + 100, 3)
prediction = np.round(target + random.randn(20), 3)
softmax = np.exp(scores) / np.exp(scores).sum(1, keepdims=True)
above, found, _ = metrics.roc_curve(yes, chances, drop_intermediate=False)


def averages(actual, said, average):
    return [float(x) for x in metrics.precision_recall_fscore_support(actual, said, average=average)[:3]]


values = {
    "labels": labels.tolist(),
    "scores": scores.tolist(),
    "yes": yes.tolist(),
    "chances": chances.tolist(),
    "target": target.tolist(),
    "prediction": prediction.tolist(),
    "accuracy": metrics.accuracy_score(labels, predicted),
    "top2": metrics.top_k_accuracy_score(labels, scores, k=2),
    "matrix": metrics.confusion_matrix(labels, predicted).tolist(),
    "macro": averages(labels, predicted, "macro"),
    "weighted": averages(labels, predicted, "weighted"),
    "binary": averages(yes, (chances.astype(np.float32) > 0.5).astype(int), "binary"),
    "report": metrics.classification_report(labels, predicted, target_names=["cat", "dog", "hedgehog"]),
    "fpr": above.tolist(),
    "tpr": found.tolist(),
    "auc": metrics.roc_auc_score(yes, chances),
    "mae": metrics.mean_absolute_error(target, prediction),
    "mse": metrics.mean_squared_error(target, prediction),
    "rmse": metrics.mean_squared_error(target, prediction) ** 0.5,
    "r2": metrics.r2_score(target, prediction),
    "perplexity": float(np.exp(metrics.log_loss(labels, softmax))),
}
lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in values.items())
Path(__file__).with_suffix(".json").write_text("{\n" + lines + "\n}\n")
