// Which class was taken for which.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ostream>
#include <string>
#include <vector>

#include <tenon/model/check_data.hpp>

namespace tenon {

/// How often each class was said where each class was right; confusion_matrix makes it. Rows are the classes that are right, columns those that
/// were said. What would be 0 / 0 is 0, as in Precision and Recall. Prints itself as a table:
///
///     right \ said      0      1  recall
///                0     52      3  0.9455
///                1      1     44  0.9778
///        precision 0.9811 0.9362  0.9600 of 100
class ConfusionMatrix {
 public:
  explicit ConfusionMatrix(long classes) : classes_(classes), counts_(static_cast<std::size_t>(classes * classes)) {}

  long classes() const { return classes_; }
  long operator()(long right, long said) const { return counts_.at(static_cast<std::size_t>(right * classes_ + said)); }
  void add(long right, long said) { ++counts_.at(static_cast<std::size_t>(right * classes_ + said)); }

  /// How many samples (or pixels) were counted, and the part of them that was right.
  long total() const { return sum([](long, long) { return true; }); }
  double accuracy() const { return ratio(sum([](long r, long s) { return r == s; }), total()); }
  /// Of what was said to be this class, the part that is; and of what is this class, the part that was said to be.
  double precision(long c) const { return ratio((*this)(c, c), sum([c](long, long s) { return s == c; })); }
  double recall(long c) const { return ratio((*this)(c, c), sum([c](long r, long) { return r == c; })); }

  std::string text() const {
    const auto number = [](double value) {
      char digits[16];
      std::snprintf(digits, sizeof digits, "%.4f", value);
      return std::string(digits);
    };
    const auto to_width = [](const std::string& t, std::size_t width) { return std::string(width - std::min(width, t.size()), ' ') + t; };
    const std::string corner = "right \\ said";
    std::size_t width = 6;
    for (const long count : counts_) width = std::max(width, std::to_string(count).size());
    std::string table = corner;
    for (long c = 0; c < classes_; ++c) table += " " + to_width(std::to_string(c), width);
    table += "  recall\n";
    for (long r = 0; r < classes_; ++r) {
      table += to_width(std::to_string(r), corner.size());
      for (long s = 0; s < classes_; ++s) table += " " + to_width(std::to_string((*this)(r, s)), width);
      table += "  " + number(recall(r)) + "\n";
    }
    table += to_width("precision", corner.size());
    for (long c = 0; c < classes_; ++c) table += " " + to_width(number(precision(c)), width);
    return table + "  " + number(accuracy()) + " of " + std::to_string(total()) + "\n";
  }
  friend std::ostream& operator<<(std::ostream& out, const ConfusionMatrix& matrix) { return out << matrix.text(); }

 private:
  static double ratio(long a, long b) { return b == 0 ? 0 : static_cast<double>(a) / static_cast<double>(b); }
  template <class Which>
  long sum(Which which) const {
    long s = 0;
    for (long r = 0; r < classes_; ++r)
      for (long c = 0; c < classes_; ++c) s += which(r, c) ? (*this)(r, c) : 0;
    return s;
  }

  long classes_;
  std::vector<long> counts_;
};

namespace detail {

/// The class of each row: the place of the largest number or, of rows of one, the nearest whole number, of which 0.5 is nearest to 0.
inline std::vector<long> classes_of(const std::string& name, const TensorRef& t, long columns) {
  std::vector<long> classes;
  t.visit([&](const auto* p) {
    const long rows = t.rows() * t.row_size() / columns;
    for (long i = 0; i < rows; ++i) {
      const auto* const row = p + i * columns;
      for (long k = 0; k < columns; ++k)
        if (const auto value = static_cast<double>(row[k]); !std::isfinite(value) || (columns == 1 && !(value > -0.5 && value < 1e6)))
          refuse("confusion_matrix", name + position_text(t, i * columns + k) + " is " + number_text(value) + ", expected " + (columns == 1 ? "the number of a class, or a probability" : "a finite number"));
      classes.push_back(columns > 1 ? std::max_element(row, row + columns) - row : static_cast<long>(std::ceil(static_cast<double>(row[0]) - 0.5)));
    }
  });
  return classes;
}
inline long last_extent(const TensorRef& t) { return t.rank() > 1 ? t.extent(t.rank() - 1) : 1; }

}  // namespace detail

/// Counts which class was taken for which. y_pred: what predict returns, (N, …, Classes) of which the largest counts, or (N, …, 1): class numbers, or
/// probabilities of class 1 (above 0.5). y_true: class numbers, or one-hot in the shape of y_pred. Throws std::invalid_argument for other shapes,
/// for no samples, for numbers that are not finite, and for labels that are none of the classes.
///
///     std::cout << tn::confusion_matrix(test.y, model.predict(test.x));
inline ConfusionMatrix confusion_matrix(const TensorRef& y_true, const TensorRef& y_pred) {
  const long labels = y_true.rows() * y_true.row_size(), outputs = y_pred.rows() * y_pred.row_size(), columns = detail::last_extent(y_pred);
  const bool one_hot = columns > 1 && labels == outputs && detail::last_extent(y_true) == columns;
  if (y_true.rows() != y_pred.rows() || (!one_hot && labels * columns != outputs))
    detail::refuse("confusion_matrix", "y_true has the shape " + y_true.shape_text() + " and y_pred " + y_pred.shape_text() + ", expected class numbers for the rows of y_pred, or its shape");
  if (labels == 0) detail::refuse("confusion_matrix", "y_true is empty: it has the shape " + y_true.shape_text() + ", expected at least one sample");
  const std::vector<long> right = detail::classes_of("y_true", y_true, one_hot ? columns : 1), said = detail::classes_of("y_pred", y_pred, columns);
  const long most = *std::max_element(right.begin(), right.end());
  const long classes = columns > 1 ? columns : std::max({1L, most, *std::max_element(said.begin(), said.end())}) + 1;
  if (most >= classes) detail::refuse("confusion_matrix", "y_true holds the class " + std::to_string(most) + ", expected classes from 0 to " + std::to_string(classes - 1) + ", as y_pred has");
  ConfusionMatrix matrix(classes);
  for (std::size_t i = 0; i < right.size(); ++i) matrix.add(right[i], said[i]);
  return matrix;
}

}  // namespace tenon
