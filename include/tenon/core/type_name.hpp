// The name of a type as text, for summaries and the names of weights.
#pragma once

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>

namespace tenon {

namespace detail {

inline std::size_t end_of_word(std::string_view text, std::size_t i) {
  while (i < text.size() && (std::isalnum(static_cast<unsigned char>(text[i])) || text[i] == '_')) ++i;
  return i;
}
/// Where the part of a qualified name that starts at i ends, if "::" follows: a namespace, one without name ("{anonymous}",
/// "(anonymous namespace)"), or a function whose local type it is ("main()"). Otherwise i.
inline std::size_t end_of_scope(std::string_view text, std::size_t i) {
  std::size_t end = i;
  for (const std::string_view unnamed : {"{anonymous}", "(anonymous namespace)", "(anonymous)", "<unnamed>"})
    if (text.substr(i).starts_with(unnamed)) end = i + unnamed.size();
  end = end_of_word(text, end);
  if (end > i && text.substr(end).starts_with('(')) {
    const std::size_t close = text.find(')', end);
    if (close != std::string_view::npos && text.substr(close + 1).starts_with("::")) end = close + 1;
  }
  return text.substr(end).starts_with("::") ? end + 2 : i;
}

}  // namespace detail

/// The type as the compiler writes it, without namespaces: "Conv2D<32, Kernel<3, 3>, ReLU>". Spelling differs a little
/// between compilers; `snake_case_name` does not.
template <class T>
std::string type_name() {
#if defined(__clang__) || defined(__GNUC__)
  std::string_view text = __PRETTY_FUNCTION__;
  const auto first = text.find("T = ") + 4;
  text = text.substr(first, text.find_first_of(";]", first) - first);
#else
  std::string_view text = "layer";
#endif
  std::string name;
  for (std::size_t i = 0, end = 0; i < text.size(); i = end) {
    end = detail::end_of_scope(text, i);
    if (end > i) continue;
    end = std::max(detail::end_of_word(text, i), i + 1);
    name += text.substr(i, end - i);
  }
  return name;
}

/// The name of a class or class template without its arguments: "Conv2D<32, …>" → "Conv2D"; a template that is called …With in order
/// to take options, and has a short name without them, goes by that: "BatchNormalizationWith<…>" → "BatchNormalization".
inline std::string class_name(std::string type) {
  type = type.substr(0, type.find('<'));
  if (type.ends_with("With")) type.resize(type.size() - 4);
  return type;
}

/// The name of a class or class template in Keras's manner: `Conv2D<…>` → "conv2d", `GatedLinear<…>` → "gated_linear".
template <class T>
std::string snake_case_name() {
  const std::string name = class_name(type_name<T>());
  std::string snake;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto c = static_cast<unsigned char>(name[i]);
    const bool starts_word = i + 1 < name.size() && std::islower(static_cast<unsigned char>(name[i + 1]));  // Keras: F1Score is f1_score
    if (std::isupper(c) && i > 0 && (starts_word || std::islower(static_cast<unsigned char>(name[i - 1])))) snake += '_';
    snake += static_cast<char>(std::tolower(c));
  }
  return snake;
}

}  // namespace tenon
