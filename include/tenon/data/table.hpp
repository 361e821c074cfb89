// Rows of numbers with names for the columns.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <tenon/core/xtensor.hpp>

namespace tenon {

/// The names of columns: one, or several between braces.
struct Columns : std::vector<std::string> {
  Columns() = default;
  Columns(const char* name) : Columns{std::string(name)} {}
  Columns(const std::string& name) : Columns{name} {}
  Columns(std::initializer_list<std::string> names) : std::vector<std::string>(names) {}
  Columns(std::vector<std::string> names) : std::vector<std::string>(std::move(names)) {}
};

/// For each column of texts its texts in the order of their codes: the text of code c is categories["column"][c].
using Categories = std::map<std::string, std::vector<std::string>>;

/// A data set of rows: the features to learn from and the targets to predict.
struct Table {
  xt::xtensor<float, 2> x;            ///< (rows, features)
  xt::xtensor<float, 2> y;            ///< (rows, targets)
  std::vector<std::string> features;  ///< the names of x's columns
  std::vector<std::string> targets;   ///< the names of y's columns
  Categories categories;              ///< of the columns that hold codes
  std::size_t dropped_rows = 0;       ///< rows that were left out because a value is missing

  /// The only target as class labels, (rows): those of SparseCategoricalCrossentropy. Throws std::invalid_argument if there is not exactly one target, or if it
  /// holds a value that is not a whole number of 0 or more.
  xt::xtensor<int, 1> labels() const {
    if (targets.size() != 1)
      throw std::invalid_argument("Table::labels: " + std::to_string(targets.size()) + " targets, expected 1");
    xt::xtensor<int, 1> labels;
    labels.resize({y.size()});
    for (std::size_t row = 0; row < y.size(); ++row) {
      const float value = y.data()[row];
      if (!(value >= 0 && value < 0x1p24f && value == static_cast<float>(static_cast<int>(value))))
        throw std::invalid_argument("Table::labels: " + targets[0] + " of row " + std::to_string(row) + " is " +
                                    std::to_string(value) + ", expected a whole number of 0 or more");
      labels.data()[row] = static_cast<int>(value);
    }
    return labels;
  }
};

}  // namespace tenon
