#include "ui/adjustments/signindialog.h"

#include "ui/shared/buttons.h"
#include "ui/shared/formrow.h"
#include "ui/shared/progress.h"
#include "ui/shared/textlabel.h"
#include "ui/workspace/ask.h"
#include "ui/workspace/errortext.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace affinity::ui {

SignInDialog::SignInDialog(Workspace& workspace, QWidget* parent)
    : DialogFrame(tr("Sign in"), workspace.connectionState(), parent),
      m_workspace(workspace),
      m_name(new QLineEdit),
      m_password(new QLineEdit),
      m_spinner(new Spinner(tr("Checking the password"))) {
    resize(480, workspace.demoAccounts().empty() ? 340 : 440);
    m_name->setObjectName(QStringLiteral("username"));
    m_password->setObjectName(QStringLiteral("password"));
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
    m_nameRow = new FormRow(tr("User name"), m_name);
    m_passwordRow = new FormRow(tr("Password"), m_password);
    auto* words =
        new TextLabel(tr("With the account of the Django admin. It is written beside every adjustment you make."),
                      TextStyle::Body, TextTone::Secondary);
    words->setWordWrap(true);
    body()->addWidget(words);
    body()->addWidget(m_nameRow);
    body()->addWidget(m_passwordRow);
    auto* waiting = new QHBoxLayout;
    waiting->addWidget(m_spinner);
    waiting->addStretch(1);
    body()->addLayout(waiting);
    if (!workspace.demoAccounts().empty())
        body()->addWidget(makeDemoAccounts());
    body()->addStretch(1);
    m_spinner->hide();
    setDeed(tr("Sign in"));
    deedButton()->setKind(ButtonKind::Primary); // signing in writes nothing
    deedButton()->setDefault(true);
    connect(m_name, &QLineEdit::textChanged, this, &SignInDialog::refresh);
    connect(m_password, &QLineEdit::textChanged, this, &SignInDialog::refresh);
    connect(this, &DialogFrame::deedRequested, this, &SignInDialog::signIn);
    refresh();
    m_name->setFocus();
}

/// The demo's accounts, each a button that signs in with it.
QWidget* SignInDialog::makeDemoAccounts() {
    auto* box = new QWidget;
    auto* rows = new QVBoxLayout(box);
    rows->setContentsMargins(0, measure::gap, 0, 0);
    rows->setSpacing(measure::gapSmall);
    rows->addWidget(new TextLabel(tr("Accounts of this demo store"), TextStyle::Label, TextTone::Secondary));
    for (const DemoAccount& account : m_workspace.demoAccounts()) {
        auto* use = new Button(account.username, ButtonKind::Link, Icon::User);
        use->setObjectName(account.username);
        use->setAccessibleDescription(account.about);
        connect(use, &QPushButton::clicked, this, [this, account] {
            m_name->setText(account.username);
            m_password->setText(QString::fromUtf8(account.password));
            signIn();
        });
        auto* row = new QHBoxLayout;
        row->setSpacing(measure::gap);
        row->addWidget(use);
        row->addWidget(new TextLabel(account.about, TextStyle::Caption, TextTone::Muted));
        row->addStretch(1);
        rows->addLayout(row);
    }
    return box;
}

SignInDialog* SignInDialog::open(Workspace& workspace, QWidget* parent) {
    auto* dialog = new SignInDialog(workspace, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowModality(Qt::WindowModal);
    dialog->show();
    return dialog;
}

void SignInDialog::reject() {
    m_password->clear();
    QDialog::reject();
}

void SignInDialog::refresh() {
    m_passwordRow->setError({});
    m_name->setEnabled(!m_isChecking);
    m_password->setEnabled(!m_isChecking);
    m_spinner->setVisible(m_isChecking);
    setRemark(m_isChecking ? tr("Checking the password…") : QString());
    if (m_isChecking)
        setDeedBlocked(tr("The password is being checked."));
    else if (m_name->text().trimmed().isEmpty())
        setDeedBlocked(tr("Write your user name."));
    else
        setDeedBlocked(m_password->text().isEmpty() ? tr("Write your password.") : QString());
}

/// The demo accounts' passwords stand on this page; to mask their words in the log would hide half of it.
access::Secret SignInDialog::secretOf(const QByteArray& password) const {
    for (const DemoAccount& account : m_workspace.demoAccounts())
        if (account.password == password)
            return access::Secret::wellKnown(password);
    return access::Secret(password);
}

void SignInDialog::signIn() {
    if (m_isChecking || m_name->text().trimmed().isEmpty() || m_password->text().isEmpty())
        return;
    const access::Secret password = secretOf(m_password->text().toUtf8());
    m_isChecking = true;
    m_password->clear(); // the secret alone keeps it from here on
    refresh();
    cancelButton()->setFocus();
    ask<access::Session>(this, m_workspace.engine().signIn(m_name->text().trimmed(), password),
                         [this](const base::Result<access::Session>& answer) { receive(answer); });
}

void SignInDialog::receive(const base::Result<access::Session>& answer) {
    if (result() == QDialog::Rejected && !isVisible())
        return; // cancelled meanwhile
    m_isChecking = false;
    refresh();
    if (!answer) {
        m_passwordRow->setError(errorText(answer.error()));
        m_password->setFocus();
        return;
    }
    m_workspace.setSession(*answer);
    accept();
}

} // namespace affinity::ui
