// One column of a CSV file: what its fields mean.
#pragma once

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace tenon {

namespace detail {
inline std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}
/// Of a decimal number that is out of a double's range: is it too small, not too large? Its exponent may outweigh its zeros, and they it.
inline bool is_tiny(std::string_view number) {
  if (number.starts_with('-')) number.remove_prefix(1);
  const std::string_view digits = number.substr(0, number.find_first_of("eE"));
  long exponent = 0;
  if (digits.size() < number.size()) {
    std::string_view power = number.substr(digits.size() + 1);
    if (power.starts_with('+')) power.remove_prefix(1);
    const bool negative = power.starts_with('-');
    if (std::from_chars(power.data(), power.data() + power.size(), exponent).ec != std::errc()) return negative;
  }
  const auto point = static_cast<long>(std::min(digits.find('.'), digits.size()));
  const auto first = static_cast<long>(digits.find_first_not_of("0."));  // there is one: zero is in range
  return exponent < first - point;
}
}  // namespace detail

/// The number that a text holds and nothing beside it but blanks; 0 for one that is too small for a float. Throws
/// std::runtime_error for any other text, and for infinities, NaN and numbers that are too large for a float.
inline float parse_number(const std::string& text) {
  std::string_view rest = detail::without_blanks(text);
  if (rest.starts_with('+') && !rest.starts_with("+-")) rest.remove_prefix(1);
  double number = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  if (error == std::errc::invalid_argument || end != rest.data() + rest.size())
    throw std::runtime_error("not a number: '" + text + "'; list a column of texts in .categorical or .one_hot, and a mark of missing values in .missing");
  if (error == std::errc::result_out_of_range && detail::is_tiny(rest)) return 0;
  const auto rounded = static_cast<float>(number);  // 3.4028235e38, as NumPy prints the largest float, is a little above it
  if (error != std::errc() || !std::isfinite(rounded))
    throw std::runtime_error("not a finite number of a float's range: '" + text + "'");
  return rounded;
}

/// A column of a CSV file: numbers, or texts that stand for codes.
class CsvColumn {
 public:
  enum class Role { feature, target, ignored };

  explicit CsvColumn(std::string name) : name_(std::move(name)) {}

  const std::string& name() const { return name_; }
  Role role() const { return role_; }
  void set_role(Role role) { role_ = role; }

  /// Makes it a column of texts, each new one with a new code.
  void set_categorical() { categorical_ = true; }
  /// Makes it a column of texts, of which each becomes a column of zeros and ones.
  void set_one_hot() { categorical_ = one_hot_ = true; }
  /// Makes it a column of these texts only: the code of texts[c] is c. Throws std::runtime_error for a text that stands there twice.
  void set_categories(const std::vector<std::string>& texts) {
    categorical_ = given_ = true;
    for (const std::string& text : texts)
      if (!codes_.emplace(text, codes_.size()).second) throw std::runtime_error("categories: '" + text + "' stands twice in column '" + name_ + "'");
  }
  bool categorical() const { return categorical_; }
  bool one_hot() const { return one_hot_; }
  /// The columns of a table that it becomes: "town", or "town=north", "town=south".
  std::vector<std::string> names() const {
    if (!one_hot_) return {name_};
    std::vector<std::string> names = categories();
    for (std::string& text : names) text = name_ + "=" + text;
    return names;
  }

  /// The number or the code that stands for a field. Throws std::runtime_error: not a number, not one of the given texts.
  float value(const std::string& field) {
    if (!categorical_) return parse_number(field);
    const auto found = codes_.find(field);
    if (found != codes_.end()) return static_cast<float>(found->second);
    if (given_) throw std::runtime_error("not one of the given categories: '" + field + "'");
    return static_cast<float>(codes_.emplace(field, codes_.size()).first->second);
  }

  /// The texts by their final codes: those that were given, else in alphabetical order.
  std::vector<std::string> categories() const {
    std::vector<std::string> texts(codes_.size());
    std::size_t next = 0;
    for (const auto& [text, code] : codes_) texts[given_ ? code : next++] = text;
    return texts;
  }
  /// The final code for each one that `value` gave: the alphabetical order is known only after the last row.
  std::vector<float> final_codes() const {
    std::vector<float> finals(codes_.size());
    std::size_t next = 0;
    for (const auto& [text, code] : codes_) finals[code] = static_cast<float>(given_ ? code : next++);
    return finals;
  }

 private:
  std::string name_;
  Role role_ = Role::feature;
  bool categorical_ = false;
  bool one_hot_ = false;
  bool given_ = false;
  std::map<std::string, std::size_t> codes_;
};

}  // namespace tenon
