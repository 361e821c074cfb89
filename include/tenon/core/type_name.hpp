// The name of a type as text, for summaries and the names of weights.
#pragma once

#include <cctype>
#include <string>
#include <string_view>

namespace tenon {

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
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::size_t end = i;
    while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) || text[end] == '_')) ++end;
    if (text.substr(end, 2) == "::") {
      i = end + 1;  // a namespace: left out
    } else if (end > i) {
      name += text.substr(i, end - i);
      i = end - 1;
    } else {
      name += text[i];
    }
  }
  return name;
}

/// The name of a class or class template in Keras's manner: Conv2D<…> → "conv2d", GatedLinear<…> → "gated_linear".
template <class T>
std::string snake_case_name() {
  std::string name = type_name<T>();
  name = name.substr(0, name.find('<'));
  if (name.ends_with("With")) name.resize(name.size() - 4);  // BatchNormalizationWith<…> is a BatchNormalization
  std::string snake;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto c = static_cast<unsigned char>(name[i]);
    const bool upper = std::isupper(c), after_lower = i > 0 && std::islower(static_cast<unsigned char>(name[i - 1]));
    if (upper && after_lower) snake += '_';
    snake += static_cast<char>(std::tolower(c));
  }
  return snake;
}

}  // namespace tenon
