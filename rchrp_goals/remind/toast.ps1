$ErrorActionPreference = 'Stop'
try {
    [void][Windows.UI.Notifications.ToastNotificationManager, Windows.UI.Notifications, ContentType = WindowsRuntime]
    [void][Windows.Data.Xml.Dom.XmlDocument, Windows.Data.Xml.Dom.XmlDocument, ContentType = WindowsRuntime]
    $kind = [Windows.UI.Notifications.ToastTemplateType]::ToastText02
    $toast = [Windows.UI.Notifications.ToastNotificationManager]::GetTemplateContent($kind)
    $lines = $toast.GetElementsByTagName('text')
    [void]$lines.Item(0).AppendChild($toast.CreateTextNode($env:NOTE_TITLE))
    [void]$lines.Item(1).AppendChild($toast.CreateTextNode($env:NOTE_BODY))
    $sender = '{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\WindowsPowerShell\v1.0\powershell.exe'
    $notifier = [Windows.UI.Notifications.ToastNotificationManager]::CreateToastNotifier($sender)
    if ($notifier.Setting -ne 'Enabled') { exit 1 }
    $notifier.Show([Windows.UI.Notifications.ToastNotification]::new($toast))
    exit 0
} catch {
    exit 1
}
