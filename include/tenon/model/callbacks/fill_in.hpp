// Paths with fields that are filled in.
#pragma once

#include <cstdio>
#include <stdexcept>
#include <string>

namespace tenon::detail {

struct Field {
  double value = 0;
  bool whole = false;  ///< an integer
};

inline std::string text_of(const char* callback, const Field& field, const std::string& format) {
  const char last = format.empty() ? (field.whole ? 'd' : 'g') : format.back();
  const std::string digits = format.empty() ? "" : format.substr(0, format.size() - 1), kinds = "defg";
  if (kinds.find(last) == std::string::npos || digits.find_first_not_of("0123456789.") != std::string::npos || digits.size() > 6)
    throw std::invalid_argument(std::string(callback) + ": the format '" + format + "' is not one of d, f, e, g with width and precision, as in 02d or .2f");
  char text[128];
  if (last == 'd') std::snprintf(text, sizeof text, ("%" + digits + "ld").c_str(), static_cast<long>(field.value));
  else std::snprintf(text, sizeof text, ("%" + digits + last).c_str(), field.value);
  return text;
}

/// The text with each {name} or {name:format} replaced by the number that `field_of(name)` returns.
inline std::string fill_in(const char* callback, const std::string& text, const auto& field_of) {
  std::string filled;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t end = text[i] == '{' ? text.find('}', i) : std::string::npos;
    if (end == std::string::npos) {
      filled += text[i];
      continue;
    }
    const std::string field = text.substr(i + 1, end - i - 1);
    const std::size_t colon = field.find(':');
    filled += text_of(callback, field_of(field.substr(0, colon)), colon == std::string::npos ? "" : field.substr(colon + 1));
    i = end;
  }
  return filled;
}

}  // namespace tenon::detail
