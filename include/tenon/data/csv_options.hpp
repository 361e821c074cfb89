// What `load_csv` is told of a file.
#pragma once

#include <cstddef>

#include <tenon/data/table.hpp>

namespace tenon {

/// How to read a CSV file. A column is known by its name in the header (blanks around it count between quotes only) or,
/// without a header, by its number: "0", "1", ….
/// Codes say nothing of size, so they are for a target (`Table::labels`) or for texts with an order; a feature is better one-hot.
/// `categories` with the `Table::categories` of the training set gives another file the same codes or columns.
struct CsvOptions {
  Columns target = {};          ///< columns that become y; the others become x
  Columns categorical = {};     ///< columns of texts: each text becomes a code, 0, 1, … in alphabetical order
  Columns one_hot = {};         ///< columns of texts: each text becomes a column of zeros and ones, "town=north", in alphabetical order
  Categories categories = {};   ///< columns of texts with given codes, those of the training set, say; other texts are refused
  Columns ignore = {};          ///< columns to leave out
  char delimiter = ',';
  bool has_header = true;
  std::size_t skip_lines = 0;   ///< lines to leave out in front of the header
  Columns missing = {};         ///< fields that mean "no value", such as "?"; blank ones always do
  bool drop_missing = false;    ///< leave out rows with a missing value instead of refusing them
};

}  // namespace tenon
