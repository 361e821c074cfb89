// Refuses data that a model cannot take, before anything is computed.
#pragma once

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <limits>
#include <map>

#include <tenon/core/threads.hpp>
#include <tenon/model/description.hpp>
#include <tenon/model/label_hint.hpp>
#include <tenon/model/tensor_ref.hpp>

namespace tenon::detail {

[[noreturn]] inline void refuse(const char* call, const std::string& what) { throw std::invalid_argument(std::string(call) + ": " + what); }

/// Where a flat index lies: "(3, 0, 17)".
inline std::string position_text(const TensorRef& t, long index) {
  long at[TensorRef::most_axes]{};
  for (int i = t.rank() - 1; i >= 0; --i) at[i] = index % t.extent(i), index /= t.extent(i);
  std::string text = "(";
  for (int i = 0; i < t.rank(); ++i) text += (i > 0 ? ", " : "") + std::to_string(at[i]);
  return text + ")";
}

/// Rows of this shape, or with one axis of extent 1 more or less at the end (Keras's rule).
inline bool rows_fit(const TensorRef& t, const Shape& sample) {
  const int given = t.rank() - 1, axes = given < sample.rank ? given : sample.rank;
  for (int i = 0; i < axes; ++i)
    if (t.extent(i + 1) != sample.extent[i]) return false;
  return given == sample.rank || (given == sample.rank + 1 && t.extent(t.rank() - 1) == 1) || (given == sample.rank - 1 && sample.back() == 1);
}
inline void check_rows(const char* call, const std::string& name, const TensorRef& t, const Shape& sample, const std::string& hint = "") {
  if (t.rank() == 0 || !rows_fit(t, sample))
    refuse(call, name + " has the shape " + t.shape_text() + ", expected " + shape_text(sample, "N") + ", N samples" + hint);
  if (t.rows() == 0) refuse(call, name + " is empty: it has the shape " + t.shape_text() + ", expected at least one sample");
}

/// Whole numbers from 0 to classes - 1, which are `what`; only whole numbers if classes is 0.
inline void check_integers(const char* call, const std::string& name, const TensorRef& y, long classes, const char* what, std::optional<long> ignored = {}) {
  const double least = classes > 0 ? 0 : std::numeric_limits<std::int32_t>::min(), most = static_cast<double>(classes > 0 ? classes - 1 : std::numeric_limits<std::int32_t>::max());
  const auto wrong = [=](double v) { return v != std::floor(v) || !((v >= least && v <= most) || (ignored && v == static_cast<double>(*ignored))); };
  const long at = y.visit([&](const auto* p) {
    const long count = y.rows() * y.row_size();
    for (long i = 0; i < count; ++i)
      if (wrong(static_cast<double>(p[i]))) return i;
    return -1L;
  });
  if (at < 0) return;
  std::string value = y.visit([&](const auto* p) { return std::to_string(p[at]); });
  refuse(call, name + position_text(y, at) + " is " + value + ", expected a whole number" + (classes > 0 ? " from 0 to " + std::to_string(classes - 1) + ", " + what : ""));
}

/// The number of samples, the same for every input.
inline long check_inputs(const char* call, const Tensors& x, std::span<const TensorSpec> wanted) {
  if (x.size() != static_cast<int>(wanted.size()))
    refuse(call, "x is " + std::to_string(x.size()) + " tensors, expected " + std::to_string(wanted.size()) + ", one for each input of the model; join them with tn::inputs");
  for (int i = 0; i < x.size(); ++i) {
    const std::string name = x.size() == 1 ? "x" : "input " + std::to_string(i) + " of x";
    check_rows(call, name, x[i], wanted[static_cast<std::size_t>(i)].shape);
    if (is_integer(wanted[static_cast<std::size_t>(i)].dtype)) check_integers(call, name, x[i], wanted[static_cast<std::size_t>(i)].classes, "what the model looks up");
    if (x[i].rows() != x[0].rows())
      refuse(call, name + " has " + std::to_string(x[i].rows()) + " samples, expected " + std::to_string(x[0].rows()) + " as in the first input");
  }
  return x[0].rows();
}

/// The first number that is not finite as a float, in which everything is computed.
template <class T>
long find_not_finite(const T* values, long count) {
  if constexpr (!std::is_floating_point_v<T>) {
    return -1;
  } else {
    const auto wrong = [](T v) { return !(std::fabs(v) <= static_cast<T>(std::numeric_limits<float>::max())); };
    std::atomic<long> found{count};
    parallel_ranges(count, 1 << 14, memory_work(count * static_cast<long>(sizeof(T))), [&](long begin, long end) {
      for (long block = begin; block < end; block += 1024) {  // without a way out inside, so that compilers use vectors
        const long last = std::min(end, block + 1024);
        int any = 0;
        for (long i = block; i < last; ++i) any |= wrong(values[i]);
        if (any == 0) continue;
        const long first = std::find_if(values + block, values + last, wrong) - values;
        for (long known = found; first < known && !found.compare_exchange_weak(known, first);) {
        }
        return;
      }
    });
    return found == count ? -1 : found.load();
  }
}
inline std::string number_text(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", value);
  return value != value ? "NaN" : std::isinf(value) ? (value > 0 ? "infinite" : "-infinite") : text;
}
inline void check_finite(const char* call, const std::string& name, const TensorRef& t) {
  const long at = t.visit([&](const auto* p) { return find_not_finite(p, t.rows() * t.row_size()); });
  if (at < 0) return;
  const double value = t.visit([&](const auto* p) { return static_cast<double>(p[at]); });
  refuse(call, name + position_text(t, at) + " is " + number_text(value) + ", expected a finite number" + (std::isfinite(value) ? " of float, at most 3.4e38" : ""));
}
inline void check_finite(const char* call, const Tensors& x) {
  for (int i = 0; i < x.size(); ++i) check_finite(call, x.size() == 1 ? "x" : "input " + std::to_string(i) + " of x", x[i]);
}

inline void check_targets(const char* call, const Tensors& y, std::span<const LabelSpec> wanted, long samples) {
  if (y.size() != static_cast<int>(wanted.size()))
    refuse(call, "y is " + std::to_string(y.size()) + " tensors, expected " + std::to_string(wanted.size()) + ", one for each output of the model" + (wanted.size() > 1 ? "; join them with tn::targets" : ""));
  for (int k = 0; k < y.size(); ++k) {
    const std::string name = y.size() == 1 ? "y" : "target " + std::to_string(k) + " of y";
    const LabelSpec& labels = wanted[static_cast<std::size_t>(k)];
    const bool fits = y[k].rank() > 0 && rows_fit(y[k], labels.tensor.shape);
    check_rows(call, name, y[k], labels.tensor.shape, fits ? "" : label_hint(y[k], labels));
    if (y[k].rows() != samples) refuse(call, name + " has " + std::to_string(y[k].rows()) + " samples, expected " + std::to_string(samples) + " as x has");
    if (is_integer(labels.tensor.dtype)) check_integers(call, name, y[k], labels.classes, "the model's classes", labels.ignored);
    else check_finite(call, name, y[k]);
  }
}
inline void check_sample_weight(const char* call, const TensorRef& weight, long samples) {
  if (!weight) return;
  if (weight.rank() == 0 || weight.rows() != samples || weight.row_size() != 1)
    refuse(call, "sample_weight has the shape " + weight.shape_text() + ", expected (" + std::to_string(samples) + ",), one number for each sample");
  check_finite(call, "sample_weight", weight);
}
/// Weights of classes that exist, for labels that are classes: integers, or one-hot rows.
inline void check_class_weight(const char* call, const std::map<int, double>& weights, const TensorRef& y, const LabelSpec& labels) {
  if (y.rank() > 2) refuse(call, "class_weight is given, but y has the shape " + y.shape_text() + ", expected at most two axes: (N,), (N, 1) or (N, classes); use sample_weight");
  const long classes = y.row_size() > 1 ? y.row_size() : labels.classes;
  for (const auto& [name, weight] : weights) {
    if (classes > 0 && (name < 0 || name >= classes))
      refuse(call, "class_weight names the class " + std::to_string(name) + ", expected classes from 0 to " + std::to_string(classes - 1));
    if (!(weight >= 0 && weight <= static_cast<double>(std::numeric_limits<float>::max())))
      refuse(call, "class_weight of class " + std::to_string(name) + " is " + number_text(weight) + ", expected 0 or more, and finite");
  }
}
/// A number of a loss or metric that makes no sense.
inline void check_number(const BadNumber& wrong, const std::string& owner) {
  if (wrong.name != nullptr) refuse("compile", wrong.name + (" of " + owner) + " is " + number_text(wrong.value) + ", expected " + wrong.wanted);
}
inline void check_positive(const char* call, const char* name, long value) {
  if (value < 1) refuse(call, std::string(name) + " is " + std::to_string(value) + ", expected at least 1");
}

}  // namespace tenon::detail
